import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AdoptedHeart } from "../../support/adoptedHeart";
import { changedMlModel } from "../../support/contractPairs";
import type { ContractPair } from "../../support/contractPairs";
import { injectFaults } from "../../../driver/faults";
import { MODELS } from "../../support/modelFiles";
import { writesOf } from "../../support/rehearsal";

const folder = mkdtempSync(join(tmpdir(), "models-"));
const GREEN = { green: { modelVersion: "2" } };

let heart: AdoptedHeart;
let versions: Readonly<Record<string, { readonly path: string }>>;

afterAll(async () => {
  await heart.close();
  rmSync(folder, { recursive: true });
});

/** What a preview says or refuses; it must write nothing. */
async function preview(): Promise<string> {
  let said = "";
  const trace = await heart.rehearsal.armTrace(async () => {
    said = await heart.rehearsal.stack.preview().then(
      ({ text }) => text,
      (error: Error) => error.message,
    );
  });
  expect(writesOf(trace)).toEqual([]);
  return said;
}

beforeAll(async () => {
  heart = await AdoptedHeart.start();
  const narrowed: ContractPair["inputs"] = (stable) =>
    stable.map((input) => (input["name"] === "age" ? { ...input, type: "integer" } : input));
  const path = join(folder, "green");
  cpSync(join(MODELS, "green"), path, { recursive: true });
  writeFileSync(join(path, "MLmodel"), changedMlModel(narrowed));
  versions = { "1": { path: join(MODELS, "blue") }, "2": { path } };
  heart.declare({
    deletionProtection: false,
    model: { name: "compared", versions },
    deployments: { Blue: { modelVersion: "1" }, ...GREEN },
    traffic: { Blue: 100, green: 0 },
  });
  await heart.up();
});

test("a stable deployment that leaves in the same step is compared by the model that it runs", async () => {
  heart.declare({ deployments: GREEN, traffic: { green: 100 } });
  const breaks = "traffic.green: breaks callers of Blue: input age is long -> integer; keep long";
  expect(await preview()).toContain(breaks);
  await expect(heart.up()).rejects.toThrow(breaks);
  expect(await heart.rehearsal.liveTraffic()).toEqual({ Blue: 100, green: 0 });
});

test("by its files in Azure when its model leaves too", async () => {
  heart.declare({ model: { name: "compared", versions: { "2": versions["2"] ?? {} } } });
  expect(await preview()).toContain("traffic.green: breaks callers of Blue: input age is long -> integer; keep long");
});

test("a stable deployment that cannot be read is no answer", async () => {
  heart.declare({ model: { name: "compared", versions } });
  const denied = { status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } };
  await injectFaults(heart.rehearsal.azure, { match: "^GET .*/deployments/Blue$", effect: { http: denied } });
  expect(await preview()).toContain(
    "traffic.green: its model cannot be compared with that of Blue, which serves: cannot read Blue: ",
  );
});
