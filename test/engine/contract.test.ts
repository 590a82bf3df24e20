import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { PAIRS, changedMlModel } from "../support/contractPairs";
import type { ContractPair } from "../support/contractPairs";
import { MODELS } from "../support/modelFiles";
import { Rehearsal, writesOf } from "../support/rehearsal";
import { temporaryFolder } from "../support/temporaryFolder";
import { ROOT } from "../../driver/paths";

const CONDA = readFileSync(join(MODELS, "blue", "conda.yaml"), "utf8");
const DOCUMENTED = tableRows(readFileSync(join(ROOT, "docs", "model-contract.md"), "utf8"));

interface Preview {
  readonly passed: boolean;
  readonly text: string;
}

let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await Rehearsal.start({}, program);
  rehearsal.stack.configure({
    modelVersions: { "1": "models/blue" },
    deployments: { [BLUE]: { modelVersion: "1" } },
    traffic: { [BLUE]: 100 },
  });
  await rehearsal.stack.up();
});

afterAll(() => rehearsal.close());

/** The example's program with a policy that lets a candidate have weight at once: a preview then compares it. */
function program(): Promise<Record<string, unknown>> {
  process.chdir(join(ROOT, "examples", "heart-classifier"));
  const { versions = {}, ...rollout } = readRollout();
  const { name: resourceGroupName } = new ResourceGroup("heart-classifier");
  const model = { name: "heart-classifier", versions };
  const policy = { maxInitialWeight: 10 };
  void new ProgressiveMlflowEndpoint("heart", { ...rollout, resourceGroupName, model, policy });
  return Promise.resolve({});
}

/** The cells of the table of pairs: what changes, the verdict, what the preview says. */
function tableRows(page: string): readonly (readonly string[])[] {
  const [, table = ""] = page.split(/<!-- (?:pairs|end) -->/);
  const lines = table.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What a preview says that gives a new candidate 10 % of the requests, passed or refused; it must write nothing. */
async function preview(candidate: ContractPair["inputs"], acceptContract?: string): Promise<Preview> {
  const path = temporaryFolder({ MLmodel: changedMlModel(candidate), "conda.yaml": CONDA });
  const accepted = acceptContract === undefined ? {} : { acceptContract };
  rehearsal.stack.configure({
    modelVersions: { "1": "models/blue", "2": path },
    deployments: { [BLUE]: { modelVersion: "1" }, [GREEN]: { modelVersion: "2", ...accepted } },
    traffic: { [BLUE]: 90, [GREEN]: 10 },
  });
  let result: Preview = { passed: false, text: "" };
  const trace = await rehearsal.armTrace(async () => {
    result = await rehearsal.stack.preview().then(
      ({ text }) => ({ passed: true, text }),
      (error: Error) => ({ passed: false, text: error.message }),
    );
  });
  expect(writesOf(trace)).toEqual([]);
  return result;
}

/** The verdict of a preview, and the words that it is made from. */
function verdictIn({ passed, text }: Preview): readonly [string, string] {
  const found = /contract default -> .*/.exec(text)?.[0] ?? "no verdict";
  if (passed) return [found.endsWith(": compatible") ? "compatible" : "warning", found];
  const refused = /^ +- (traffic\.xgboost-model-2: .*)$/m.exec(text)?.[1];
  return refused === undefined ? ["failed", text] : ["breaking", refused];
}

test.each(PAIRS.map((pair, index) => ({ ...pair, index })))(
  "$change: the preview gives the documented verdict and writes nothing",
  async ({ change, inputs, index }) => {
    const [verdict, said] = verdictIn(await preview(inputs));
    expect(DOCUMENTED[index]).toEqual([change, verdict, `\`${said}\``]);
  },
);

test("the page has no other pairs", () => {
  expect(DOCUMENTED).toHaveLength(PAIRS.length);
});

test("a break that is accepted in words is only shown", async () => {
  const [verdict, said] = verdictIn(await preview(PAIRS[2]?.inputs ?? ((stable) => stable), "the web shop sends bmi"));
  expect(verdict).toBe("warning");
  expect(said).toMatch(/^contract default -> xgboost-model-2: input bmi .* \(accepted: the web shop sends bmi\)$/);
});
