import { expect, test } from "vitest";
import { decide } from "../../../cli/run/decide";
import { abortedMove } from "../../../cli/run/moves";
import { runFactsOf } from "../../../cli/run/runFacts";
import { rolloutStateOf } from "../../../cli/verbs/rolloutState";
import { openedRollout } from "../../support/openedRollout";
import { NOW, at, factsOf } from "../../support/rolloutFacts";
import type { Scene } from "../../support/rolloutFacts";
import { SCENES } from "../../support/scenes";

const WISHES = { finishes: false, hasRecovered: false };
const TENTH = { "model-1": 90, "model-2": 10 };

const lost: Scene = {
  config: at(25),
  live: { traffic: TENTH },
  recorded: TENTH,
  written: { "model-1": 75, "model-2": 25 },
};

test.each<[string, Scene, string, string]>([
  ["nothing is rolled out", SCENES["one deployment serves"], "end", "nothing is being rolled out; model-1"],
  ["the candidate has no weight", SCENES["a candidate has no traffic yet"], "promote", "model-2 0 -> 10"],
  ["a step is live", SCENES["a step is live"], "promote", "model-2 10 -> 25"],
  ["it is off the plan", SCENES["it is off the plan"], "promote", "model-2 30 -> 50"],
  ["it is paused", SCENES["it is paused"], "hold", "paused: waiting for the audit"],
  ["it bakes", SCENES["it bakes"], "wait", "step 1 of 4 bakes until 2026-11-30 14:32 UTC"],
  ["it is mirrored", SCENES["it is mirrored"], "wait", "mirrored, before step 1 of 4 bakes until 2026-11-30 14:32 UTC"],
  ["an update is under way", SCENES["an update is under way"], "wait", "pid 4711"],
  ["a deployment has failed", SCENES["a deployment has failed"], "abort", "deployment model-2 is Failed"],
  ["somebody changed the weights", SCENES["somebody changed the weights"], "end", "somebody else changed them"],
  ["a write did not take effect", lost, "apply", "model-1 90 -> 75, model-2 10 -> 25"],
  ["the candidate has everything", SCENES["the candidate has everything"], "end", "model-2 has all of the traffic"],
  ["a step stands in config alone", SCENES["config was edited"], "apply", "model-1 90 -> 75, model-2 10 -> 25"],
  ["an update was cut off", SCENES["an update was cut off"], "recover", "pid 4711"],
])("when %s", (_, scene, kind, message) => {
  const turn = decide(runFactsOf(factsOf(scene), undefined), WISHES);
  expect([turn.kind, turn.message]).toEqual([kind, expect.stringContaining(message)]);
});

test("a mirror stage is waited for until it has had its minutes", () => {
  const { bake, readyAt } = runFactsOf(factsOf(SCENES["it is mirrored"]), undefined);
  expect([bake?.until, readyAt]).toEqual([NOW.getTime() + 12 * 60_000, NOW.getTime() + 12 * 60_000]);
});

test("outputs that an update has left behind are brought up to date before the next step", () => {
  const text =
    'config:\n  heart:deployments: { model-1: { modelVersion: "1" }, model-2: { modelVersion: "2" } }\n  heart:candidate: model-2\n  heart:candidateTraffic: 10\n';
  const state = rolloutStateOf(openedRollout(text, { traffic: { "model-1": 100, "model-2": 0 } }));
  const facts = runFactsOf(factsOf(SCENES["a step is live"]), state);
  expect(decide(facts, WISHES)).toEqual({ kind: "apply", message: "the outputs of the last update" });
});

const CONFIG = (weight: number, more = ""): string => `config:
  heart:deployments: { model-1: { modelVersion: "1" }, model-2: { modelVersion: "2" } }
  heart:candidate: model-2
  heart:candidateTraffic: ${weight}
${more}`;

function aborted(weight: number, more = "", inputs = {}, mirror = {}) {
  const traffic = { "model-1": 100 - weight, "model-2": weight };
  const state = rolloutStateOf(openedRollout(CONFIG(weight, more), { traffic, inputs, mirror }));
  const move = state && abortedMove(state, "gate errors fail:\n 5 %");
  return move && Object.fromEntries(move.edits.map(({ path, value }) => [path.join("."), value]));
}

test("an abort leaves its reason in config, where config holds the plan", () => {
  const mark = { "rollout.paused": "aborted: gate errors fail: 5 %" };
  expect(aborted(25)).toEqual({ candidateTraffic: 0, ...mark });
  expect(aborted(0)).toEqual(mark);
  expect(aborted(0, "  heart:mirrorTraffic: { model-2: 10 }\n", {}, { "model-2": 10 })).toEqual({
    mirrorTraffic: undefined,
    candidateTraffic: 0,
    ...mark,
  });
  expect(aborted(25, "", { rollout: { steps: [100] } })).toEqual({ candidateTraffic: 0 });
  expect(aborted(0, "", { rollout: { steps: [100] } })).toBeUndefined();
});
