import { isAbsolute, join, resolve } from "node:path";
import { isMap as isYamlMap, isScalar, parseDocument } from "yaml";
import type { Document } from "yaml";
import { isMap } from "../../components/values/shape";
import type { Violation } from "../../components/values/violation";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";

/** Settings of the provider that a rehearsal keeps; the others say whose subscription it is and who signs in. */
const KEPT = new Set(["azure-native:location", "azure-native:defaultTags", "azure-native:disablePulumiPartnerId"]);
/** What of a stack file is about its secrets and its environments in Pulumi Cloud. */
const STACK_KEYS = ["encryptionsalt", "encryptedkey", "secretsprovider", "environment"];
/** What of a project file is about where it keeps its state and config. */
const PROJECT_KEYS = ["backend", "stackConfigDir"];

/**
 * The project file of a rehearsal: the same program, which is reached by a link in the rehearsal's own folder.
 *
 * @param folder - of the user's project, a full path
 * @param link - name of the link to it
 */
export function projectFile(text: string, folder: string, link: string): string {
  const document = parsed(text, join(folder, "Pulumi.yaml"));
  const main = document.get("main");
  document.set("main", typeof main === "string" ? join(link, main) : link);
  for (const key of PROJECT_KEYS) document.delete(key);
  withoutLogins(document);
  for (const path of [
    ["runtime", "options", "virtualenv"],
    ["runtime", "options", "binary"],
  ]) {
    const value = document.getIn(path);
    if (typeof value === "string" && !isAbsolute(value)) document.setIn(path, resolve(folder, value));
  }
  return document.toString({ lineWidth: 0 });
}

/** A stack file without secrets and logins. */
export interface StackCopy {
  readonly text: string;
  /** Keys with secrets, which need a stand-in. */
  readonly secrets: readonly string[];
}

export function stackFile(text: string, file: string): StackCopy {
  const document = parsed(text, file);
  for (const key of STACK_KEYS) document.delete(key);
  withoutLogins(document);
  const config = document.get("config");
  const secrets = isYamlMap(config)
    ? config.items.flatMap(({ key }) => {
        const name = String(isScalar(key) ? key.value : key);
        return holdsSecret(toJs(config.get(key))) ? [name] : [];
      })
    : [];
  for (const name of secrets) document.deleteIn(["config", name]);
  return { text: document.toString({ lineWidth: 0 }), secrets };
}

/** Secrets that nobody gave a stand-in for. A key may be typed with or without the project's name before it. */
export function missingSecrets(
  secrets: readonly string[],
  given: readonly string[],
  project: string,
): readonly Violation[] {
  const inFull = (key: string): string => (key.includes(":") ? key : `${project}:${key}`);
  const known = new Set(given.map(inFull));
  return secrets
    .filter((key) => !known.has(inFull(key)))
    .map((key) => ({
      path: key,
      reason: `is a secret, and a rehearsal reads none; give a stand-in with --config ${short(key, project)}=<value>`,
    }));
}

/** A value of stack config as it was typed. */
export interface ConfigValue {
  readonly key: string;
  readonly value: unknown;
}

/** `key=value`; maps, lists, numbers and booleans are typed as JSON, anything else is text. */
export function readConfigValue(typed: string): ConfigValue | Violation {
  const at = typed.indexOf("=");
  const key = typed.slice(0, Math.max(0, at)).trim();
  if (key !== "") return { key, value: valueOf(typed.slice(at + 1)) };
  return {
    path: `--config ${JSON.stringify(typed)}`,
    reason: "must be key=value, such as candidateTraffic=0 or rollout='{\"steps\": [10, 100]}'",
  };
}

function valueOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // What looks like a number may be an id with more digits than a number has.
    return typeof value === "string" || (typeof value === "number" && String(value) !== text) ? text : value;
  } catch {
    return text;
  }
}

function withoutLogins(document: Document): void {
  const config = document.get("config");
  if (!isYamlMap(config)) return;
  const keys = config.items.map(({ key }) => String(isScalar(key) ? key.value : key));
  for (const key of keys) if (key.startsWith("azure-native:") && !KEPT.has(key)) document.deleteIn(["config", key]);
}

function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  return isMap(value) && ("secure" in value || Object.values(value).some(holdsSecret));
}

function toJs(value: unknown): unknown {
  return isYamlMap(value) || (typeof value === "object" && value !== null && "toJSON" in value)
    ? (value as { toJSON(): unknown }).toJSON()
    : value;
}

function short(key: string, project: string): string {
  return key.startsWith(`${project}:`) ? key.slice(project.length + 1) : key;
}

/** @throws Failure without a word of what stands there, which may be a secret */
function parsed(text: string, file: string): Document {
  const document: Document = parseDocument(text);
  if (document.errors.length > 0) throw new Failure(`${file} is not valid YAML`, EXIT.refused);
  if (document.contents !== null && !isYamlMap(document.contents))
    throw new Failure(`${file} must be a map`, EXIT.refused);
  document.contents ??= document.createNode({});
  return document;
}
