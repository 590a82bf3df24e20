import { fc, test as property } from "@fast-check/vitest";
import { expect } from "vitest";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { ScriptedRun } from "../../support/scriptedRun";
import type { Gate, runFacts } from "../../support/scriptedRun";

const PLAN = { steps: [10, 50, 100], bakeMinutes: 30 };

const gates = fc.array(fc.constantFrom<Gate>("pass", "pass", "inconclusive", "fail", "refused", "held"), {
  minLength: 1,
  maxLength: 40,
});

property.prop([gates, fc.boolean(), fc.boolean()])(
  "whatever the gates say, a run ends, and only a step that passed has raised the weight",
  async (verdicts, finishes, isAbort) => {
    let asked = 0;
    const raised: Gate[] = [];
    const run = new ScriptedRun(PLAN, () => {
      const verdict = verdicts[asked % verdicts.length] ?? "pass";
      asked += 1;
      raised.push(verdict);
      return verdict;
    });
    const code = await run.run({ finishes, onTimeout: isAbort ? "abort" : "hold" });
    const passed = raised.filter((verdict) => verdict === "pass").length;
    const weight = [0, 10, 50, 100][passed];
    expect(code === EXIT.aborted ? 0 : weight).toBe(run.live);
    expect(code === EXIT.done).toBe(run.live === 100);
    expect(raised.slice(0, -1)).not.toContain("fail");
    expect(raised.at(-1) === "fail").toBe(code === EXIT.aborted && run.told.every(({ type }) => type !== "timed-out"));
  },
);

property.prop([fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 })])(
  "killed after any number of turns and started again, it takes the same steps",
  async (turns) => {
    const run = new ScriptedRun(PLAN);
    for (const count of turns) {
      // A run that is stopped between two turns stands for one that was killed there.
      run.overrides = stoppedAfter(count);
      await run.run().catch(() => undefined);
    }
    run.overrides = () => ({});
    expect(await run.run()).toBe(EXIT.done);
    expect(run.acts).toEqual(["promote 0", "promote 10", "promote 50"]);
  },
);

/** What ends a run at its n-th reading. */
function stoppedAfter(count: number): () => Partial<ReturnType<typeof runFacts>> {
  let reads = 0;
  return () => {
    reads += 1;
    return reads > count ? { trouble: { kind: "gone", message: "killed" } } : {};
  };
}
