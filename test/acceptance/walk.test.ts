import { expect, test } from "vitest";
import type { PulumiProject, CommandOutput } from "../../acceptance/pulumi";
import { Redactor } from "../../acceptance/redact";
import { emptyReport } from "../../acceptance/report";
import { ReportFile } from "../../acceptance/reportFile";
import type { ObservedEndpoint } from "../../acceptance/observedEndpoint";
import type { WalkStep } from "../../acceptance/steps";
import { Walk } from "../../acceptance/walk";
import { temporaryFolder } from "../support/temporaryFolder";

const CIRCUMSTANCES = {
  version: "0.1.0",
  target: "local",
  location: "westeurope",
  instanceType: "Standard_F2s_v2",
  pulumi: "v3.259.0",
  plugins: "stand-in",
  node: "v20.19.0",
} as const;
const STEP: WalkStep = {
  id: "walk-step",
  name: "a step",
  commands: [["config", "set", "a", "b"], ["up"]],
  after: async () => [],
};
const SCENE = { requests: { sent: 7, lost: 0 } } as ObservedEndpoint;

/** Takes one step whose commands end so, one after the other. */
async function take(step: WalkStep, ...ends: readonly CommandOutput[]) {
  const file = new ReportFile(temporaryFolder({}), new Redactor(), emptyReport(CIRCUMSTANCES, new Date()));
  const typed: string[] = [];
  const project = {
    type: (...args: readonly string[]) => {
      typed.push(args.join(" "));
      return Promise.resolve(ends[typed.length - 1] ?? { code: 0, text: "" });
    },
  } as unknown as PulumiProject;
  const told: string[] = [];
  const walk = new Walk(
    project,
    () => Promise.resolve(SCENE),
    file,
    (line) => told.push(line),
  );
  const goesOn = await walk.take(step);
  const { steps, differences, requests } = file.report;
  return { goesOn, typed, told, results: steps.map(({ result }) => result), differences, requests };
}

const WELL = { code: 0, text: "done" };
const FAILED = { code: 255, text: "line 1\nerror: no" };

test("a step that ends well goes on, with the requests so far in the report", async () => {
  const { goesOn, typed, results, differences, requests } = await take(STEP, WELL, WELL);
  expect({ goesOn, typed, results }).toEqual({
    goesOn: true,
    typed: ["config set a b", "up"],
    results: ["as expected"],
  });
  expect(differences).toEqual([]);
  expect(requests).toEqual({ sent: 7, lost: 0 });
});

test("a command that fails ends the walk, and the rest of the step is not typed", async () => {
  const { goesOn, typed, results, differences, told } = await take(STEP, FAILED);
  expect({ goesOn, typed, results }).toEqual({ goesOn: false, typed: ["config set a b"], results: ["failed"] });
  const seen = "it ends with 255:\nline 1\nerror: no";
  expect(differences).toEqual([{ id: "walk-step", claim: "pulumi config set a b ends well", seen, found: "walk" }]);
  expect(told).toContain(`   DIFFERS walk-step: ${seen}`);
});

test("a command that only reads is told when it fails, and the walk goes on", async () => {
  const { goesOn, results, differences } = await take({ ...STEP, commands: [["preview"]], reads: true }, FAILED);
  expect({ goesOn, results }).toEqual({ goesOn: true, results: ["differs"] });
  expect(differences).toMatchObject([{ id: "walk-step", claim: "pulumi preview ends well" }]);
});

test("a refusal is looked at, and one that does not come is told", async () => {
  const looked: string[] = [];
  const step: WalkStep = {
    ...STEP,
    fails: true,
    before: async () => [{ id: "endpoint-update", expected: "it is written" }],
    after: async (_, text) => {
      looked.push(text);
      return [];
    },
  };
  expect(await take(step, WELL, FAILED)).toMatchObject({ goesOn: true, results: ["as expected"] });
  expect(await take(step, WELL, WELL)).toMatchObject({
    goesOn: true,
    results: ["differs"],
    differences: [{ id: "walk-step", claim: "pulumi up ends with an error", seen: "it ends with 0:\ndone" }],
  });
  expect(looked).toEqual([FAILED.text, WELL.text]);
});
