import { expect, test } from "vitest";
import { killRuns } from "../../prove/run/killRuns";
import { TIMEOUT_MS } from "../support/verbSession";

const KILLS = 6;
const SEED = 7;

test(
  `unattended rollouts killed at ${KILLS} random moments and started again: live is declared, and no request is lost`,
  async () => {
    const lines: string[] = [];
    const { lost, requests, failures } = await killRuns({
      kills: KILLS,
      seed: SEED,
      report: (line) => void lines.push(line),
    });
    expect({ lost, failures, lines: lines.length }).toEqual({ lost: 0, failures: [], lines: KILLS });
    expect(requests).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
