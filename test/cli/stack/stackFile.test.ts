import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fc, test as property } from "@fast-check/vitest";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { StackFile } from "../../../cli/stack/stackFile";
import type { ConfigEdit } from "../../../cli/stack/stackFile";
import { stackFileOf } from "../../support/openedRollout";

const TEXT = `# The stack of production.
config:
  azure-native:location: westeurope # near the callers
  heart:candidate: model-2
  # Raised by hand.
  heart:candidateTraffic: "10"
  heart:deployments:
    model-1:
      modelVersion: "1"
    model-2: { modelVersion: "2" }
  heart:modelVersions:
    1: models/1
    2: models/2
  heart:apiKey:
    secure: v1:abc:def
encryptionsalt: v1:x=:v1:y
`;

const edited = (text: string, ...edits: readonly ConfigEdit[]): string => stackFileOf(text).edited("heart", edits);

describe("an edit", () => {
  test("changes its own lines and no other", () => {
    const text = edited(TEXT, { path: ["candidateTraffic"], value: 25 }, { path: ["deployments", "model-1"] });
    const expected = TEXT.replace('"10"', "25").replace('    model-1:\n      modelVersion: "1"\n', "");
    expect(text).toBe(expected);
  });

  test("finds keys that stand there as numbers, and the project's keys without a namespace", () => {
    expect(edited(TEXT, { path: ["modelVersions", "2"] })).toBe(TEXT.replace("    2: models/2\n", ""));
    const bare = "config:\n  candidate: model-2\n";
    expect(edited(bare, { path: ["candidate"], value: "model-3" })).toBe("config:\n  candidate: model-3\n");
  });

  test("makes the maps that are missing, and removes those that it leaves empty", () => {
    const made = edited("config: {}\n", { path: ["deployments", "a", "modelVersion"], value: "1" });
    expect(parse(made)).toEqual({ config: { "heart:deployments": { a: { modelVersion: "1" } } } });
    expect(parse(edited(made, { path: ["deployments", "a"] }))).toEqual({ config: {} });
    expect(parse(edited("", { path: ["candidate"], value: "a" }))).toEqual({ config: { "heart:candidate": "a" } });
  });

  property.prop([fc.string(), fc.integer({ min: 0, max: 100 })])("is read back as it was given", (name, weight) => {
    const text = edited(TEXT, { path: ["traffic", name], value: weight }, { path: ["note"], value: name });
    const config = stackFileOf(text).config("heart");
    expect(JSON.parse(config["traffic"] ?? "")).toEqual({ [name]: weight });
    expect(config["note"]).toBe(name);
    expect(config["apiKey"]).toBeUndefined();
  });

  test.each([
    ["a list", "- a\n", "must be a map"],
    ["no YAML", "config: [\n", "is not valid YAML"],
  ])("is refused in a file that is %s", (_, text, message) => {
    expect(() => edited(text, { path: ["candidate"], value: "a" })).toThrow(message);
  });
});

describe("a file that somebody else writes", () => {
  let folder: string;
  const path = (): string => join(folder, "Pulumi.dev.yaml");
  const read = (): StackFile => StackFile.read(folder, "heart", "organization/heart/dev");

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stack-file-"));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: heart\nruntime: nodejs\n");
    writeFileSync(path(), TEXT);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test("is not overwritten", () => {
    const file = read();
    writeFileSync(path(), `${TEXT}# theirs\n`);
    expect(() => file.write("config: {}\n")).toThrow("was changed by somebody else just now");
    expect(readFileSync(path(), "utf8")).toBe(`${TEXT}# theirs\n`);
  });

  test("is put back to the letter, unless it was changed since", () => {
    const file = read();
    file.write("config: {}\n");
    expect(file.restore("config: {}\n")).toBe(true);
    expect(readFileSync(path(), "utf8")).toBe(TEXT);
    file.write("config: {}\n");
    writeFileSync(path(), "config: { a: b }\n");
    expect(file.restore("config: {}\n")).toBe(false);
    expect(readFileSync(path(), "utf8")).toBe("config: { a: b }\n");
  });

  test("is looked for where the project says", () => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: heart\nruntime: nodejs\nstackConfigDir: stacks\n");
    expect(read().file).toBe(join(folder, "stacks", "Pulumi.dev.yaml"));
    expect(read().text).toBeUndefined();
  });
});
