import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { parseFleet } from "../../cli/fleet/parseFleet";
import type { TransitionType } from "../../cli/run/transition";
import { keyOf, signed } from "../../cli/run/webhookSignature";
import { EXIT } from "../../cli/terminal/exitCodes";
import { DOCS } from "../../driver/paths";

const PAGE = readFileSync(join(DOCS, "run.md"), "utf8");

function blockOf(language: string, first: string): string {
  const blocks = [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, text]) => text,
  );
  const found = blocks.find((text) => text?.startsWith(first));
  if (found === undefined) throw new Error(`docs/run.md has no ${language} that begins with ${first}`);
  return found;
}

type Verify = (headers: Readonly<Record<string, string>>, body: string, secret: string) => boolean;

test("the receiver of docs/run.md takes what is signed, and nothing else", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const key = keyOf(secret);
  if (key === undefined) throw new Error("no key");
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- the text is a page of this repository
  const isGenuine = new Function("require", `${blockOf("js", "const {")}\nreturn isGenuine;`)(require) as Verify;
  const now = Math.floor(Date.now() / 1000);
  const headers = { ...signed(key, "1", now, "{}") };
  expect(isGenuine(headers, "{}", secret)).toBe(true);
  expect(isGenuine({ ...headers, "webhook-signature": `v1,bad ${headers["webhook-signature"]}` }, "{}", secret)).toBe(
    true,
  );
  expect(isGenuine(headers, "{ }", secret)).toBe(false);
  expect(isGenuine({ ...headers, "webhook-id": "2" }, "{}", secret)).toBe(false);
  expect(isGenuine({ ...signed(key, "1", now - 600, "{}") }, "{}", secret)).toBe(false);
  expect(isGenuine(headers, "{}", `${secret.slice(0, -4)}AAAA`)).toBe(false);
});

test("the fleet file of docs/run.md can be used", () => {
  const { problems, fleet } = parseFleet(blockOf("yaml", "concurrency"), DOCS, () => true);
  expect(problems).toEqual([]);
  expect(fleet.waves.map(({ start }) => start)).toEqual([
    undefined,
    { after: { step: 2 }, minutes: 30 },
    { after: "done", minutes: 1440 },
  ]);
});

test("the workflow of docs/run.md lets pass what is no failure", () => {
  const { jobs } = parse(blockOf("yaml", "name: rollout")) as {
    readonly jobs: { readonly step: { readonly steps: readonly { readonly run?: string }[] } };
  };
  const script = jobs.step.steps.map(({ run = "" }) => run).join("\n");
  const { done, waiting, inProgress, held } = EXIT;
  expect(script).toContain(`case $code in ${done} | ${waiting} | ${inProgress} | ${held}) ;; *) exit $code ;; esac`);
});

/** All of them: a type that is missing here does not compile. */
const TYPES: Readonly<Record<TransitionType, true>> = {
  started: true,
  recovered: true,
  applied: true,
  "mirror-started": true,
  "step-reached": true,
  held: true,
  aborted: true,
  completed: true,
  finished: true,
  "timed-out": true,
  stopped: true,
  interrupted: true,
};

test.each(Object.keys(TYPES))("docs/run.md names the transition %s", (type) => {
  expect(PAGE).toContain(`\`${type}\``);
});
