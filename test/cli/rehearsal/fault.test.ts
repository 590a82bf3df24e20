import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { faultsBeyond, readFaults } from "../../../cli/rehearsal/fault";
import { deploymentRules, scoringRules } from "../../../cli/rehearsal/faultRules";

const CAST = { stable: "blue", candidate: "green.2" };

function faultOf(text: string) {
  const { faults, violations } = readFaults([text]);
  expect(violations).toEqual([]);
  return faults[0];
}

describe("a fault is read", () => {
  test.each([
    ["candidate: 5 % errors from step 2", { who: "candidate", kind: "errors", amount: 5, fromStep: 2 }],
    ["Candidate :  0.5% Error", { who: "candidate", kind: "errors", amount: 0.5, fromStep: 0 }],
    ["stable: 100 % errors", { who: "stable", kind: "errors", amount: 100, fromStep: 0 }],
    ["candidate: 3 % wrong answers", { who: "candidate", kind: "wrong answers", amount: 3, fromStep: 0 }],
    ["candidate: +300 ms latency from step 1", { who: "candidate", kind: "latency", amount: 300, fromStep: 1 }],
    ["candidate: 300ms", { who: "candidate", kind: "latency", amount: 300, fromStep: 0 }],
    ["candidate: out of quota", { who: "candidate", kind: "out of quota", amount: 0, fromStep: 0 }],
    ["candidate: deployment fails", { who: "candidate", kind: "deployment fails", amount: 0, fromStep: 0 }],
  ])("%s", (text, fault) => {
    expect(faultOf(text)).toEqual({ text, ...fault });
  });

  property.prop([fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 20 })])(
    "whatever share and step",
    (share, step) => {
      expect(faultOf(`candidate: ${share} % errors from step ${step}`)).toMatchObject({
        amount: share,
        fromStep: step,
      });
    },
  );
});

describe("a fault is refused", () => {
  const KNOWN =
    'it must be "5 % errors", "3 % wrong answers", "+300 ms latency", "out of quota" or "deployment fails", with ' +
    '"from step 2" after the first three';

  test.each([
    ["5 % errors", 'must begin with "candidate:" or "stable:", such as "candidate: 5 % errors"'],
    ["model-2: 5 % errors", 'must begin with "candidate:" or "stable:", such as "candidate: 5 % errors"'],
    ["candidate: 5 errors", `"5 errors" is not known; ${KNOWN}`],
    ["candidate:", `"" is not known; ${KNOWN}`],
    ["candidate: 0 % errors", "the share must be above 0 and at most 100 %, got 0"],
    ["candidate: 101 % wrong answers", "the share must be above 0 and at most 100 %, got 101"],
    ["candidate: 0 ms", "the latency must be 1 to 180000 ms, got 0"],
    [
      "candidate: 5 % errors from step 0",
      "steps are counted from 1; leave the step out for a fault from the deployment on",
    ],
    ["candidate: out of quota from step 2", 'out of quota happens before the first step; leave out "from step 2"'],
    [
      "stable: deployment fails",
      "without a stable deployment there is nothing to rehearse; only the candidate's deployment may fail",
    ],
  ])("%s", (text, reason) => {
    expect(readFaults([text])).toEqual({
      faults: [],
      violations: [{ path: `--fault ${JSON.stringify(text)}`, reason }],
    });
  });

  test("all at once, and two of a kind", () => {
    const { violations } = readFaults(["candidate: 5 % errors", "x", "candidate: 7 % errors from step 2"]);
    expect(violations).toEqual([
      { path: '--fault "x"', reason: 'must begin with "candidate:" or "stable:", such as "candidate: 5 % errors"' },
      {
        path: '--fault "candidate: 7 % errors from step 2"',
        reason: 'candidate has errors already, by --fault "candidate: 5 % errors"; give one',
      },
    ]);
  });

  test("that begins after the last step", () => {
    const { faults } = readFaults(["candidate: 5 % errors from step 3", "candidate: 5 ms from step 2"]);
    expect(faultsBeyond(faults, 2)).toEqual([
      {
        path: '--fault "candidate: 5 % errors from step 3"',
        reason: "the rollout has 2 steps, got step 3; name one from 1 to 2",
      },
    ]);
  });

  property.prop([fc.string()])("or read, and never anything else", (text) => {
    const { faults, violations } = readFaults([text]);
    expect(faults.length + violations.length).toBe(1);
  });
});

describe("rules of the local Azure", () => {
  const { faults } = readFaults([
    "candidate: +300 ms latency",
    "candidate: 3 % wrong answers from step 2",
    "stable: 5 % errors from step 1",
    "candidate: out of quota",
    "candidate: deployment fails",
  ]);
  const latency = { match: "/score$", deployment: "green.2", effect: { latencySeconds: 0.3 } };
  const errors = {
    match: "/score$",
    deployment: "blue",
    rate: 0.05,
    effect: { modelError: { status: 500, message: "An unexpected error occurred in scoring script." } },
  };
  const wrong = { match: "/score$", deployment: "green.2", rate: 0.03, effect: { wrongAnswer: true } };

  test.each([
    [0, [{ ...latency, seed: 1 }]],
    [
      1,
      [
        { ...errors, seed: 1 },
        { ...latency, seed: 2 },
      ],
    ],
    [
      2,
      [
        { ...errors, seed: 1 },
        { ...wrong, seed: 2 },
        { ...latency, seed: 3 },
      ],
    ],
  ])("of requests at step %i: what takes all of them comes last", (step, rules) => {
    expect(scoringRules(faults, CAST, step)).toEqual(rules);
  });

  test("of the candidate's deployment name it and no other", () => {
    const match = String.raw`^PUT .*/onlineEndpoints/[^/]+/deployments/green\.2$`;
    expect(deploymentRules(faults, CAST)).toEqual([
      { fault: "out-of-quota", match },
      { fault: "liveness-probe", match },
    ]);
  });
});
