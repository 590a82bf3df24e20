import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Rules } from "../../local/src/apiSpec/rule";
import { TYPES } from "../../local/src/pulumi/plugins/azureNative/rows/resourceTypes";
import { prepareSpecs } from "../savedSpecs";
import { RuleBook, compact } from "./deriveRules";
import { placeOf } from "./operations";
import { Swagger } from "./swagger";
import type { Operation } from "./swagger";
import { ROOT } from "../../driver/paths";

/** What the local Azure knows of Microsoft's specification. */
export interface SpecTables {
  /** Names of rules by the place of the operation whose body they are of. */
  readonly bodies: Readonly<Record<string, string>>;
  readonly rules: Rules;
  /** Ids of the operations of Azure ML by place. */
  readonly operations: Readonly<Record<string, string>>;
}

const ML = "microsoft.machinelearningservices";
/** Types whose bodies are checked, beside those that azure-native's stand-ins have. */
const OTHERS = ["resourcegroups", "microsoft.resources/deployments", `${ML}/registries`];
/** Actions with a body that are served. */
const ACTIONS = /\/(regeneratekeys|getlogs|validate|whatif|regeneratekey)$/;
const AZURE_NATIVE = join(ROOT, "node_modules", "@pulumi", "azure-native");

/** Lower-case types of resource by token of azure-native. */
function nativeTypes(): readonly (readonly [token: string, type: string, version: string])[] {
  return Object.entries(TYPES).map(([token, { path, apiVersion }]) => [
    token,
    placeOf({ method: "PUT", path: path.startsWith("/{") ? path : `/subscriptions/{s}${path}` })?.type ?? "",
    apiVersion,
  ]);
}

/** Bodies, rules and operations, from the saved specifications. */
export function specTables(): SpecTables {
  const folder = mkdtempSync(join(tmpdir(), "api-spec-rules-"));
  try {
    prepareSpecs(folder);
    const swagger = new Swagger();
    const operations = newestSpecs(folder).flatMap((spec) => swagger.operations(spec));
    const book = new RuleBook(swagger);
    const served = new Set([...nativeTypes().map(([, type]) => type), ...OTHERS]);
    const bodies = sorted(operations.flatMap((operation) => bodyOf(operation, served, book)));
    const rules = compact(book.rules, [...new Set(Object.values(bodies))]);
    return { bodies, rules, operations: sorted(operations.flatMap(ofMachineLearning)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The API versions that azure-native says that there are, by lower-case type of resource.
 *
 * @throws Error when the package does not say it of a type
 */
export function publishedVersions(): Readonly<Record<string, readonly string[]>> {
  return sorted(
    nativeTypes().map(([token, type, version]): [string, readonly string[]] => {
      const [module = "", name = ""] = token.split(":");
      const file = join(AZURE_NATIVE, module, `${name.charAt(0).toLowerCase()}${name.slice(1)}.d.ts`);
      const text = existsSync(file) ? readFileSync(file, "utf8") : "";
      const [, used] = /Uses Azure REST API version (\S+?)\.(?:\s|$)/.exec(text) ?? [];
      if (used === undefined) throw new Error(`${file} tells no API version`);
      const [, others = ""] = /Other available API versions: ([^.]*)\./.exec(text) ?? [];
      return [type, [...new Set([version, used, ...others.split(", ").filter((each) => each !== "")])].toSorted()];
    }),
  );
}

/** The folder of the newest version of each provider's specification. */
function newestSpecs(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const folders = new Set(
    files
      .filter((file) => /[\\/](stable|preview)[\\/]\d{4}-\d\d-\d\d(-preview)?[\\/][^\\/]+\.json$/.test(file))
      .map((file) => dirname(file)),
  );
  const newest = new Map<string, string>();
  for (const each of [...folders].toSorted()) newest.set(dirname(each), each);
  return [...newest.values()].map((each) => join(folder, each));
}

function bodyOf(operation: Operation, served: ReadonlySet<string>, book: RuleBook): [string, string][] {
  const place = placeOf(operation);
  if (place === undefined || operation.body === undefined || !served.has(place.type)) return [];
  if (operation.method === "POST" && !ACTIONS.test(place.key)) return [];
  const rule = book.rule(operation.body);
  return typeof rule === "object" && "object" in rule ? [[place.key, rule.object]] : [];
}

function ofMachineLearning(operation: Operation): [string, string][] {
  const place = placeOf(operation);
  return place?.type.startsWith(`${ML}/`) === true ? [[place.key, operation.id]] : [];
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
