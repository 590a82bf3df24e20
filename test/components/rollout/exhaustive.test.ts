import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { explore } from "../../../prove/decision/explore";
import { TWO } from "../../../prove/decision/sizes";
import { ROOT } from "../../../driver/paths";

test(
  "no plan of two deployments, with a fault or a kill at any call of it, breaks an invariant",
  { timeout: 240_000 },
  () => {
    const { states, runs, violations } = explore(TWO);
    process.stdout.write(`${states} states, ${runs} runs\n`);
    expect([...violations]).toEqual([]);
    const page = readFileSync(join(ROOT, "docs", "proofs.md"), "utf8");
    expect(/([\d,]+) states/.exec(page)?.[1]).toBe(states.toLocaleString("en"));
  },
);
