import { expect, test } from "vitest";
import type { LoadOrder, LoadReport } from "../../../bench/load";
import { rollOut } from "../../../bench/scoring/rollout";

test("a rollout moves the weights in four stages while requests are under way, 20,000 or more", async () => {
  const told: string[] = [];
  let [weight, sends] = [10, 0];
  let arrived = (): void => undefined;
  const endpoint = {
    scoringUri: "https://localhost/score",
    key: "key",
    ca: "ca.pem",
    // Live when two sends have begun since.
    weigh: (green: number) => {
      sends = 0;
      return new Promise<void>((resolve) => {
        arrived = () => {
          weight = green;
          told.push(`live ${green}`);
          resolve();
        };
      });
    },
  };
  const load = {
    send: ({ requests }: LoadOrder): Promise<LoadReport> => {
      told.push(`send ${requests}`);
      if (++sends === 2) arrived();
      const green = (requests * weight) / 100;
      const errors = requests === 5000 && weight === 50 ? 3 : 0;
      const milliseconds = { median: 1, p99: 2 };
      return Promise.resolve({ answers: { green }, errors, seconds: 1, milliseconds });
    },
  };
  const stages = await rollOut(endpoint, load, 64);
  expect(
    stages.map(({ weight: at, settled, toGreen, lost, seconds }) => [at, settled, toGreen, lost, seconds]),
  ).toEqual([
    [0, 5000, 0, 0, 3],
    [10, 5000, 500, 0, 3],
    [50, 4997, 2500, 3, 3],
    [100, 5000, 5000, 0, 3],
  ]);
  expect(told.slice(0, 4)).toEqual(["send 500", "send 500", "live 0", "send 5000"]);
  expect(stages.reduce((sum, { sent }) => sum + sent, 0)).toBe(24_000);
});
