import { expect, test } from "vitest";
import { Stopping } from "../../../cli/run/stopping";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { Pulumi } from "../../../cli/stack/pulumi";

test("the first Ctrl+C ends what waits, the second one what writes, and then nobody listens", () => {
  const before = process.listenerCount("SIGINT");
  const stopping = new Stopping("run");
  const seen = () => [stopping.signal.aborted, stopping.cancel.aborted];
  expect(seen()).toEqual([false, false]);
  process.emit("SIGINT");
  expect(seen()).toEqual([true, false]);
  process.emit("SIGTERM");
  expect(seen()).toEqual([true, true]);
  expect(stopping.signal.reason).toMatchObject({
    exitCode: EXIT.interrupted,
    message: 'interrupted, nothing is half-written; run "mlflow-rollout run" again',
  });
  stopping.stop();
  expect(process.listenerCount("SIGINT")).toBe(before);
});

test("an update is not begun after the first Ctrl+C", async () => {
  const first = new AbortController();
  const pulumi = new Pulumi(".", process.env, first.signal, new AbortController().signal);
  first.abort(new Error("interrupted"));
  await expect(pulumi.watch(["up"], ".", {})).rejects.toThrow("interrupted");
});
