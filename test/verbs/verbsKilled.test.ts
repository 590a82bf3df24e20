import { expect, test } from "vitest";
import { killVerbs } from "../../prove/verbs/kills";
import { TIMEOUT_MS } from "../support/verbSession";

const KILLS = 6;
const SEED = 7;

test(
  `verbs killed at ${KILLS} random moments: live is declared afterwards, and no request is lost`,
  async () => {
    const lines: string[] = [];
    const { lost, requests, failures } = await killVerbs({
      kills: KILLS,
      seed: SEED,
      report: (line) => void lines.push(line),
    });
    expect({ lost, failures, lines: lines.length }).toEqual({ lost: 0, failures: [], lines: KILLS });
    expect(requests).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
