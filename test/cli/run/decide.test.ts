import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { abortMark } from "../../../cli/run/abortMark";
import { decide } from "../../../cli/run/decide";
import type { Turn } from "../../../cli/run/decide";
import type { RunFacts } from "../../../cli/run/runFacts";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { candidate, runFacts } from "../../support/scriptedRun";

const WISHES = { finishes: false, hasRecovered: false };
const MARK = abortMark("gate errors fail: 5 %");
const all = { next: undefined, candidate: candidate({ live: 100, declared: 100 }) };
const soon = runFacts().now + 60_000;

interface Row {
  readonly when: string;
  readonly facts: Partial<RunFacts>;
  readonly wishes?: Partial<typeof WISHES>;
  readonly turn: Partial<Turn>;
}

test.each<Row>([
  { when: "a step has baked", facts: {}, turn: { kind: "promote", message: "model-2 10 -> 25" } },
  {
    when: "the plan begins with a mirror",
    facts: { next: { kind: "mirror", percent: 10 }, candidate: candidate({ live: 0, declared: 0 }) },
    turn: { kind: "promote", message: "model-2 copies of 10 % of the requests" },
  },
  { when: "a step bakes", facts: { bake: { until: soon } }, turn: { kind: "wait", on: "bake", until: soon } },
  { when: "its bake time has just ended", facts: { bake: { until: runFacts().now } }, turn: { kind: "promote" } },
  {
    when: "it is paused",
    facts: { paused: "freeze" },
    turn: { kind: "hold", by: "person", message: "paused: freeze" },
  },
  {
    when: "another update holds the stack",
    facts: { working: { by: "update", message: "an update" } },
    turn: { kind: "wait", on: "update" },
  },
  {
    when: "Azure creates the candidate",
    facts: { working: { by: "azure", message: "deployment model-2 (Creating)" } },
    turn: { kind: "wait", on: "azure" },
  },
  {
    when: "the candidate has failed with weight",
    facts: { trouble: { kind: "failed", message: "it failed" }, candidate: candidate({ hasFailed: true }) },
    turn: { kind: "abort", message: "it failed" },
  },
  {
    when: "the candidate has failed with copies of requests",
    facts: {
      trouble: { kind: "failed", message: "it failed" },
      candidate: candidate({ hasFailed: true, live: 0, declared: 0, mirrored: 10, declaredMirrored: 10 }),
    },
    turn: { kind: "abort" },
  },
  {
    when: "the candidate has failed without any requests",
    facts: {
      trouble: { kind: "failed", message: "it failed" },
      candidate: candidate({ hasFailed: true, live: 0, declared: 0 }),
    },
    turn: { kind: "end", end: "stopped", exitCode: EXIT.degraded },
  },
  {
    when: "the stable deployment has failed",
    facts: { trouble: { kind: "failed", message: "model-1 failed" } },
    turn: { kind: "end", end: "stopped", exitCode: EXIT.degraded },
  },
  {
    when: "what has failed is being worked on",
    facts: {
      trouble: { kind: "failed", message: "it failed" },
      candidate: candidate({ hasFailed: true }),
      working: { by: "update", message: "an update" },
    },
    turn: { kind: "wait", on: "update" },
  },
  {
    when: "an update was cut off",
    facts: { trouble: { kind: "cutOff", message: "killed" } },
    turn: { kind: "recover" },
  },
  {
    when: "an update is cut off for the second time",
    facts: { trouble: { kind: "cutOff", message: "killed" } },
    wishes: { hasRecovered: true },
    turn: { kind: "end", end: "stopped", exitCode: EXIT.degraded },
  },
  {
    when: "Azure has lost a deployment",
    facts: { trouble: { kind: "gone", message: "gone" } },
    turn: { kind: "end", end: "stopped", exitCode: EXIT.degraded },
  },
  {
    when: "another stack owns the endpoint",
    facts: { trouble: { kind: "foreign", message: "theirs" } },
    turn: { kind: "end", end: "stopped", exitCode: EXIT.conflict },
  },
  {
    when: "somebody has changed the live weights",
    facts: { trouble: { kind: "changed", message: "changed" } },
    turn: { kind: "end", end: "stopped", exitCode: EXIT.conflict },
  },
  {
    when: "a step stands in config that no update has begun",
    facts: { unapplied: { rises: true, what: ["model-2 10 -> 25"] }, candidate: candidate({ declared: 25 }) },
    turn: { kind: "apply", message: "model-2 10 -> 25" },
  },
  {
    when: "such a step has not baked",
    facts: { unapplied: { rises: true, what: ["model-2 10 -> 25"] }, bake: { until: soon } },
    turn: { kind: "wait", on: "bake" },
  },
  {
    when: "such a step is paused",
    facts: { unapplied: { rises: true, what: ["model-2 10 -> 25"] }, paused: "freeze" },
    turn: { kind: "hold", by: "person" },
  },
  {
    when: "the way back stands in config while it bakes and is paused",
    facts: { unapplied: { rises: false, what: ["model-2 10 -> 0"] }, bake: { until: soon }, paused: "freeze" },
    turn: { kind: "apply" },
  },
  { when: "the candidate has everything", facts: all, turn: { kind: "end", end: "completed", exitCode: EXIT.done } },
  {
    when: "the candidate has everything and the old one is to go",
    facts: all,
    wishes: { finishes: true },
    turn: { kind: "finish", message: "model-1 is retired" },
  },
  {
    when: "the old one is kept for a time",
    facts: { ...all, bake: { until: soon } },
    wishes: { finishes: true },
    turn: { kind: "wait", on: "bake" },
  },
  {
    when: "nothing is being rolled out",
    facts: { candidate: undefined, next: undefined },
    turn: { kind: "end", end: "completed", exitCode: EXIT.done },
  },
  {
    when: "a run has aborted",
    facts: { paused: MARK, candidate: candidate({ live: 0, declared: 0 }) },
    turn: { kind: "end", end: "aborted", exitCode: EXIT.aborted, message: "gate errors fail: 5 %" },
  },
  {
    when: "a run that aborted was killed before its update",
    facts: {
      paused: MARK,
      candidate: candidate({ declared: 0 }),
      unapplied: { rises: false, what: ["model-2 10 -> 0"] },
    },
    turn: { kind: "abort", message: "gate errors fail: 5 %" },
  },
  {
    when: "a run that aborted was killed after the write",
    facts: {
      paused: MARK,
      candidate: candidate({ live: 0, declared: 0 }),
      unapplied: { rises: false, what: ["outputs"] },
    },
    turn: { kind: "apply" },
  },
])("$when", ({ facts, wishes, turn }) => {
  expect(decide(runFacts(facts), { ...WISHES, ...wishes })).toMatchObject(turn);
});

const anyFacts = fc.record({
  trouble: fc.option(
    fc.record({
      kind: fc.constantFrom("cutOff", "gone", "foreign", "changed", "failed" as const),
      message: fc.constant("trouble"),
    }),
    { nil: undefined },
  ),
  working: fc.option(fc.record({ by: fc.constantFrom("update", "azure" as const), message: fc.constant("busy") }), {
    nil: undefined,
  }),
  paused: fc.constantFrom(undefined, "freeze", MARK),
  unapplied: fc.option(fc.record({ rises: fc.boolean(), what: fc.constant(["change"]) }), { nil: undefined }),
  bake: fc.option(fc.record({ until: fc.integer({ min: soon - 120_000, max: soon + 120_000 }) }), { nil: undefined }),
  candidate: fc.option(
    fc.record({
      name: fc.constant("model-2"),
      live: fc.integer({ min: 0, max: 100 }),
      mirrored: fc.integer({ min: 0, max: 50 }),
      declared: fc.integer({ min: 0, max: 100 }),
      declaredMirrored: fc.integer({ min: 0, max: 50 }),
      hasFailed: fc.boolean(),
    }),
    { nil: undefined },
  ),
  next: fc.constantFrom(undefined, { kind: "weight", percent: 50 } as const, { kind: "mirror", percent: 10 } as const),
});

describe("whatever the facts are", () => {
  const wishes = fc.record({ finishes: fc.boolean(), hasRecovered: fc.boolean() });

  property.prop([anyFacts, wishes])(
    "no step is taken in trouble, during work, a pause or a bake time",
    (facts, wish) => {
      const { kind } = decide(runFacts(facts), wish);
      const isBaking = (facts.bake?.until ?? 0) > runFacts().now;
      const isHeldUp = [facts.trouble, facts.working, facts.paused].some((each) => each !== undefined) || isBaking;
      const mayRise = kind === "promote" || (kind === "apply" && facts.unapplied?.rises === true);
      expect(mayRise && isHeldUp).toBe(false);
    },
  );

  property.prop([anyFacts, wishes])("nothing is written while somebody works", (facts, wish) => {
    const { kind } = decide(runFacts({ ...facts, working: { by: "update", message: "busy" } }), wish);
    expect(kind).toBe("wait");
  });

  property.prop([anyFacts, wishes])(
    "the weight is given back only for a failure or an abort that has begun",
    (facts, wish) => {
      const { kind } = decide(runFacts(facts), wish);
      const isReason =
        facts.paused === MARK || (facts.trouble?.kind === "failed" && facts.candidate?.hasFailed === true);
      expect(kind === "abort" && !isReason).toBe(false);
    },
  );
});
