import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { readModelFolder } from "../../../components/models/folder";
import { temporaryFolder } from "../../support/temporaryFolder";

const DAY_MS = 24 * 3600 * 1000;
let home: string;
beforeEach(() => {
  home = temporaryFolder({});
  vi.stubEnv("PULUMI_HOME", home);
  // What was written just now may change within the same tick of the file system.
  const later = Date.now() + DAY_MS;
  vi.spyOn(Date, "now").mockReturnValue(later);
});

const cached = (): string[] => readdirSync(join(home, "azure-mlflow-rollout", "hashes")).toSorted();
const onlyFile = (): string => join(home, "azure-mlflow-rollout", "hashes", cached()[0] ?? "");
const hashes = async (folder: string): Promise<readonly string[]> =>
  (await readModelFolder(folder)).files.map(({ sha256 }) => sha256);

/** Puts a hash into the cache that no file has: whoever answers it has not read the file. */
function forge(): string {
  const forged = "f".repeat(64);
  writeFileSync(onlyFile(), readFileSync(onlyFile(), "utf8").replaceAll(/[0-9a-f]{64}/g, forged));
  return forged;
}

describe("a file is read once", () => {
  test("while size and times are the same", async () => {
    const folder = temporaryFolder({ MLmodel: "one" });
    await readModelFolder(folder);
    const forged = forge();
    expect(await hashes(folder)).toEqual([forged]);
  });

  test("and again when its content changes, whatever its size and its modification time say", async () => {
    const folder = temporaryFolder({ MLmodel: "one" });
    const file = join(folder, "MLmodel");
    const [first] = await hashes(folder);
    writeFileSync(file, "two");
    utimesSync(file, new Date(0), new Date(0));
    const [second] = await hashes(folder);
    writeFileSync(file, "one");
    utimesSync(file, new Date(0), new Date(0));
    expect(second).not.toBe(first);
    expect(await hashes(folder)).toEqual([first]);
  });

  test("and again when it was written a moment before", async () => {
    vi.mocked(Date.now).mockRestore();
    await readModelFolder(temporaryFolder({ MLmodel: "one" }));
    expect(readdirSync(home)).toEqual([]);
  });
});

describe("the cache", () => {
  test.each([
    ["is no JSON", "{"],
    ["is null", "null"],
    ["has no hashes", '{"MLmodel":["1:2:3:4","none"]}'],
    ["has something else", '{"MLmodel":{"sha256":1}}'],
  ])("is made anew when it %s", async (_, content) => {
    const folder = temporaryFolder({ MLmodel: "one" });
    const before = await hashes(folder);
    const made = readFileSync(onlyFile(), "utf8");
    writeFileSync(onlyFile(), content);
    expect(await hashes(folder)).toEqual(before);
    expect(readFileSync(onlyFile(), "utf8")).toBe(made);
  });

  test("is left out where it cannot be written", async () => {
    writeFileSync(join(home, "azure-mlflow-rollout"), "a file in its place");
    expect(await hashes(temporaryFolder({ MLmodel: "one" }))).toHaveLength(1);
    vi.stubEnv("PULUMI_HOME", "/dev/null/nowhere");
    expect(await hashes(temporaryFolder({ MLmodel: "one" }))).toHaveLength(1);
  });

  test("stays whole when several write it at once, and nothing else is left", async () => {
    const folder = temporaryFolder({ MLmodel: "one", "data/model.onnx": "weights" });
    const all = await Promise.all(Array.from({ length: 8 }, () => hashes(folder)));
    expect(new Set(all.map(String)).size).toBe(1);
    expect(cached()).toHaveLength(1);
    const entries = JSON.parse(readFileSync(onlyFile(), "utf8")) as object;
    expect(Object.keys(entries).toSorted()).toEqual(["MLmodel", "data/model.onnx"]);
  });

  test("forgets files that are gone, and folders that nobody has read for long", async () => {
    const [gone, folder] = [temporaryFolder({ MLmodel: "one" }), temporaryFolder({ MLmodel: "two", old: "" })];
    await readModelFolder(gone);
    const old = onlyFile();
    utimesSync(old, new Date(0), new Date(0));
    await readModelFolder(folder);
    expect(cached()).toHaveLength(1);
    expect(onlyFile()).not.toBe(old);
  });

  test("is below the home of the user where PULUMI_HOME is not set", async () => {
    vi.stubEnv("PULUMI_HOME", undefined);
    vi.stubEnv("HOME", home);
    vi.stubEnv("USERPROFILE", home);
    mkdirSync(join(home, ".pulumi"));
    await readModelFolder(temporaryFolder({ MLmodel: "one" }));
    expect(readdirSync(join(home, ".pulumi", "azure-mlflow-rollout", "hashes"))).toHaveLength(1);
  });
});
