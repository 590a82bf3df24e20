import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { EXIT } from "../../cli/terminal/exitCodes";
import { TIMEOUT_MS, VerbSession } from "../support/verbSession";

vi.setConfig({ testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS });

/** The rows of this file are one session of a user, in order: each begins where the one before it ended. */
let session: VerbSession;

const STEP = ["PUT deployments"];
/** What a person has written into the stack file: verbs leave it alone. */
const OWN = '# who to ask: the heart team\nconfig:\n  heart:owner: "Ada" # not a name of Azure\n';

beforeAll(async () => {
  session = await VerbSession.open(true);
  await session.up();
  await session.project.must("pulumi config set --secret pager 555-0100");
  session.project.write("Pulumi.dev.yaml", (session.fileText() ?? "").replace(/^config:\n/m, OWN));
});

afterAll(() => session.close());

interface Row {
  readonly typed: string;
  /** Part of what is shown. */
  readonly says: string;
  readonly writes: readonly string[];
  readonly live: Readonly<Record<string, number>>;
  /** Keys of config that a rollout moves. */
  readonly config: object;
}

const start = (version: string, candidateTraffic: number) => ({ candidate: `model-${version}`, candidateTraffic });

test.each<Row>([
  {
    typed: "start models/2",
    says: "start  version 2 in model-2, with weight 0",
    writes: ["PUT models/versions", "PUT onlineEndpoints/deployments", ...STEP],
    live: { "model-1": 100, "model-2": 0 },
    config: start("2", 0),
  },
  {
    typed: "promote",
    says: "promote  model-2 0 -> 10 (step 1 of 4)",
    writes: STEP,
    live: { "model-1": 90, "model-2": 10 },
    config: start("2", 10),
  },
  {
    typed: 'pause --message "release freeze"',
    says: "paused: release freeze",
    writes: [],
    live: { "model-1": 90, "model-2": 10 },
    config: { ...start("2", 10), rollout: { paused: "release freeze" } },
  },
  {
    typed: "resume",
    says: "no longer paused (release freeze)",
    writes: [],
    live: { "model-1": 90, "model-2": 10 },
    config: start("2", 10),
  },
  {
    typed: "promote",
    says: "promote  model-2 10 -> 25 (step 2 of 4)",
    writes: STEP,
    live: { "model-1": 75, "model-2": 25 },
    config: start("2", 25),
  },
  {
    typed: "undo",
    says: "undo  model-1 75, model-2 25 -> model-1 90, model-2 10",
    writes: STEP,
    live: { "model-1": 90, "model-2": 10 },
    config: start("2", 10),
  },
  {
    typed: "abort",
    says: "abort  model-2 10 -> 0, model-1 has all of the traffic again",
    writes: STEP,
    live: { "model-1": 100, "model-2": 0 },
    config: start("2", 0),
  },
  {
    typed: "abort",
    says: "the candidate has no weight: model-1 100, model-2 0",
    writes: [],
    live: { "model-1": 100, "model-2": 0 },
    config: start("2", 0),
  },
  {
    typed: "promote --full",
    says: "promote  model-2 0 -> 100 (step 4 of 4)",
    writes: STEP,
    live: { "model-1": 0, "model-2": 100 },
    config: start("2", 100),
  },
  {
    typed: "finish",
    says: "finish  model-1 is deleted, model-2 has all of the traffic",
    writes: [...STEP, "DELETE onlineEndpoints/deployments"],
    live: { "model-2": 100 },
    config: {},
  },
])("$typed: $says", async ({ typed, says, writes, live, config }) => {
  const run = await session.verb(`${typed} --yes`);
  expect(run).toMatchObject({ code: EXIT.done, stderr: "", writes });
  expect(run.stdout).toContain(says);
  expect(await session.azure.liveTraffic()).toEqual(live);
  const { candidate, candidateTraffic, rollout } = session.config();
  expect(JSON.parse(JSON.stringify({ candidate, candidateTraffic, rollout }))).toEqual(config);
  expect(session.fileText()).toContain(OWN.trimEnd());
  expect(session.config()).toMatchObject({ pager: { secure: expect.any(String) as string } });
  expect(await session.isSettled()).toBe(true);
});

test("undo after the end of a rollout brings the old version back, in as many updates as that takes", async () => {
  const { code, stdout, stderr } = await session.verb("undo --yes --json");
  expect({ code, result: JSON.parse(stdout) as unknown }).toMatchObject({
    code: EXIT.done,
    result: { verb: "undo", done: true, moves: ["version 1 comes back in model-1, with weight 0", expect.anything()] },
  });
  expect(stderr).toContain("  1. version 1 comes back in model-1, with weight 0\n");
  expect(await session.azure.liveTraffic()).toEqual({ "model-1": 100, "model-2": 0 });
  expect(await session.isSettled()).toBe(true);
});
