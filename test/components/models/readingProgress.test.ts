import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { readModelFolder } from "../../../components/models/folder";
import { describeReading, readModelFolders } from "../../../components/models/modelFolders";
import { logAtOnce } from "../../../components/pulumi/later";
import { declareHeart, HEART } from "../../support/heart";
import { beforeEachRead } from "../../support/slowReader";
import { temporaryFolder } from "../../support/temporaryFolder";
import { TurnedClock } from "../../support/turnedClock";

beforeEach(() => void vi.stubEnv("PULUMI_HOME", temporaryFolder({})));

const MB = 1_000_000;

/** A folder with a file of so many bytes, of which the disk keeps none. */
function largeFolder(bytes: number, files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder({ "weights.bin": "", ...files });
  truncateSync(join(folder, "weights.bin"), bytes);
  return folder;
}

/** What is said of a reading for which each piece takes so long. */
async function watched(folder: string, msOfPiece: number) {
  const [clock, lines] = [new TurnedClock(), [] as string[]];
  await beforeEachRead(() => clock.turn(msOfPiece));
  const read = await readModelFolder(folder, (line) => lines.push(line), clock).catch(() => undefined);
  return { lines, clock, read };
}

const partOf = (line: string): number => Number(line.split(" ")[0]);

describe("a folder that is read for the first time", () => {
  test("says how far it is while that takes long", async () => {
    const { lines, clock, read } = await watched(largeFolder(200 * MB), 500);
    expect(read?.bytes).toBe(200 * MB);
    // 191 pieces of a mebibyte.
    expect(lines).toHaveLength(19);
    for (const line of lines) expect(line).toMatch(/^\d+\.\d of 200\.0 MB$/);
    expect(lines.map(partOf)).toEqual(lines.map(partOf).toSorted((a, b) => a - b));
    expect(new Set(lines).size).toBe(lines.length);
    expect(clock.waiting).toBe(0);
  });

  test("says nothing when it is quick, and leaves no timer", async () => {
    const { lines, clock } = await watched(largeFolder(MB), 0);
    expect(lines).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  test("says nothing when it is small, however late a busy program looks", async () => {
    const { lines } = await watched(temporaryFolder({ MLmodel: "x" }), 60_000);
    expect(lines).toEqual([]);
  });

  test("that cannot be read leaves no timer", async () => {
    const { clock, read } = await watched(join(temporaryFolder({}), "gone"), 1);
    expect([read, clock.waiting]).toEqual([undefined, 0]);
  });

  test("begins with what is known of it", async () => {
    const folder = largeFolder(60 * MB);
    // What was written just now is not cached.
    const now = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 24 * 3600 * 1000);
    onTestFinished(() => now.mockRestore());
    await readModelFolder(folder);
    writeFileSync(join(folder, "other.bin"), "");
    truncateSync(join(folder, "other.bin"), 40 * MB);
    const { lines } = await watched(folder, 2000);
    expect(lines[0]).toBe("60.0 of 100.0 MB");
  });
});

test.each([
  ["2", "models/2", "3.1 of 12.4 GB", "model 2: reading models/2, 3.1 of 12.4 GB"],
  ["17", "/data/heart", "0.0 of 900.0 MB", "model 17: reading /data/heart, 0.0 of 900.0 MB"],
  ["1", ".", "1 of 2 bytes", "model 1: reading ., 1 of 2 bytes"],
])("version %s in %s", (version, path, amount, text) => {
  expect(describeReading(version, path, amount)).toBe(text);
});

describe("as a program sees it", () => {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await beforeEachRead(() => vi.advanceTimersByTime(500));
  });
  afterEach(() => void vi.useRealTimers());

  test("versions say which one they are, and where", async () => {
    const lines: string[] = [];
    const [one, two] = [largeFolder(100 * MB), largeFolder(100 * MB)];
    const versions = { "1": { path: one }, "2": { path: two }, "3": { uri: "runs:/1/model" } };
    await Promise.all(Object.values(readModelFolders(versions, {}, (line) => lines.push(line))));
    const named = new Set(lines.map((line) => line.slice(0, line.indexOf(","))));
    expect([...named].toSorted()).toEqual([`model 1: reading ${one}`, `model 2: reading ${two}`]);
  });

  test.each([false, true])("the component says it, in a preview too (%s)", async (preview) => {
    const info = logged();
    const folder = largeFolder(50 * MB, { MLmodel: MLMODEL });
    const model = { name: "heart-classifier", versions: { ...HEART.model.versions, "2": { path: folder } } };
    const { heart } = await declareHeart({ model }, { preview });
    const said = info.mock.calls.filter(([text]) => text.startsWith(`model 2: reading ${folder}, `));
    expect(said.length).toBeGreaterThan(0);
    for (const [, on] of said) expect(on).toBe(heart);
  });

  test("the stack says it while the component is not registered, with its name", async () => {
    const info = logged();
    const never = new (class extends pulumi.ComponentResource {
      constructor() {
        super("test:index:Never", "never", {});
      }
    })();
    Object.assign(never, { urn: pulumi.output(new Promise<string>(() => undefined)) });
    logAtOnce(never)("model 1: reading models/1, 0.0 of 1.0 GB");
    expect(info.mock.calls).toEqual([["never: model 1: reading models/1, 0.0 of 1.0 GB"]]);
  });
});

function logged() {
  const info = vi.spyOn(pulumi.log, "info").mockResolvedValue();
  onTestFinished(() => info.mockRestore());
  return info;
}

const MLMODEL = `
flavors:
  python_function: { loader_module: mlflow.sklearn }
signature:
  inputs: '[{"name": "age", "type": "long"}]'
  outputs: '[{"type": "long"}]'
`;
