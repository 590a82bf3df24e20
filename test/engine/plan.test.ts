import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { valueAt } from "../support/localAzure";
import { BOTH, Rehearsal, writesOf } from "../support/rehearsal";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** The tests of this file are one rollout by a plan: each goes on where the one before ended. */
let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await Rehearsal.start();
});

afterEach(() => vi.unstubAllEnvs());

afterAll(() => rehearsal.close());

const PLAN = { steps: [10, 50, 100], bakeMinutes: 60, mirror: { percent: 10, minutes: 30 }, retireAfterMinutes: 120 };
const MIRROR = { mirrorTraffic: { [GREEN]: 10 } };
const STEP = ["PUT deployments", "PUT onlineEndpoints via"];
/** What a run without a step says, at the end of the output; a line of progress shows its beginning as well. */
const SETTLED = /^ {4}traffic {2}.*, live as declared$/gm;

/** The stack file of a moment, and the moment, as hours and minutes of one day. */
function at(time: string, candidateTraffic: number, more: object = {}): void {
  vi.stubEnv("MLFLOW_ROLLOUT_NOW", `2026-11-24T${time}:00Z`);
  rehearsal.stack.configure({ ...BOTH, candidate: GREEN, candidateTraffic, rollout: PLAN, ...more });
}

async function up(): Promise<{ readonly text: string; readonly writes: readonly string[] }> {
  let text = "";
  const trace = await rehearsal.armTrace(async () => ({ text } = await rehearsal.stack.up()));
  return { text, writes: writesOf(trace) };
}

/** The text of a preview or an update that is refused, without a write. */
async function refusal(operation: "preview" | "up"): Promise<string> {
  let text = "";
  const trace = await rehearsal.armTrace(async () => {
    await rehearsal.stack[operation]().catch((error: Error) => ({ message: text } = error));
  });
  expect(writesOf(trace)).toEqual([]);
  return text.replaceAll(/\s+/g, " ");
}

test("an empty stack gets both deployments, the candidate before the first step", async () => {
  at("08:00", 0);
  const { text } = await up();
  expect(text).toContain("plan     before step 1 of 3\n");
  expect(text).toContain(`$ pulumi up --config-path -c mirrorTraffic.${GREEN}=10\n`);
  expect(text.match(SETTLED)).toBeNull();
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 100, [GREEN]: 0 });
});

test("the mirror is one write, and the update says how long it lasts", async () => {
  at("12:00", 0, MIRROR);
  const { text, writes } = await up();
  expect(text).toContain("plan     mirrored, before step 1 of 3\n");
  expect(text).toContain("wait     60 min before the next step (rollout.bakeMinutes)\n");
  expect(text).toContain("$ pulumi config rm mirrorTraffic && pulumi up -c candidateTraffic=10\n");
  expect(writes).toEqual(STEP);
});

test("weight after too short a time is refused, for both reasons", async () => {
  at("12:20", 10);
  const text = await refusal("preview");
  expect(text).toContain(
    `traffic.${GREEN}: must stay at 0 for 40 more min: rollout.bakeMinutes is 60, last step 2026-11-24T12:00:00.000Z`,
  );
  expect(text).toContain(`traffic.${GREEN}: must be mirrored for 10 more min before it gets weight`);
});

test("the first step of the plan, once the times are over", async () => {
  at("13:00", 10);
  const { text, writes } = await up();
  expect(text).toContain("plan     step 1 of 3\n");
  expect(text).toContain("paused kept; bakeMinutes 60 of 60, mirrorMinutes 30 of 30\n");
  expect(text).toContain(`next: raise ${GREEN} to 50, or set it back to 0 to abort\n`);
  expect(writes).toEqual(STEP);
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 90, [GREEN]: 10 });
});

test("an update without changes says where the rollout is, once, and reads no more than its preview", async () => {
  at("13:30", 10);
  let shown = "";
  const previewed = await rehearsal.armTrace(() =>
    rehearsal.stack.stack.preview({ expectNoChanges: true, color: "never", onOutput: (part) => (shown += part) }),
  );
  expect(shown).toMatch(/\d+ unchanged/);
  expect(shown).not.toContain("live as declared");
  const updated = await rehearsal.armTrace(async () => {
    const { text, changes } = await rehearsal.stack.up();
    expect([text.match(SETTLED)?.length, Object.keys(changes)]).toEqual([1, ["same"]]);
    expect(text).toContain(
      [
        `    traffic  ${BLUE} 90, ${GREEN} 10, live as declared`,
        "    plan     step 1 of 3",
        "    wait     30 more min before the next step, until 2026-11-24T14:00:00.000Z (rollout.bakeMinutes is 60)",
        `    next: raise ${GREEN} to 50, or set it back to 0 to abort`,
        "      $ pulumi up -c candidateTraffic=50",
      ].join("\n"),
    );
  });
  const requests = (trace: typeof updated) => trace.map(({ method, path }) => `${method} ${path}`).toSorted();
  expect(requests(updated)).toEqual(requests(previewed));
});

test("a pause is a change of the component alone", async () => {
  at("14:10", 10, { rollout: { ...PLAN, paused: "p95 has doubled" } });
  const { text, writes } = await up();
  expect(writes).toEqual([]);
  expect(text.match(SETTLED)).toHaveLength(1);
  expect(text).toContain('next: the rollout is paused, "p95 has doubled": go on with "mlflow-rollout resume"');
});

test("while it is paused nothing rises, and all may go back", async () => {
  const paused = { rollout: { ...PLAN, paused: "p95 has doubled" } };
  at("14:20", 30, paused);
  const reason =
    'must not rise from 10 to 30 while the rollout is paused, "p95 has doubled"; go on with "mlflow-rollout resume"';
  expect(await refusal("up")).toContain(`traffic.${GREEN}: ${reason}, or remove rollout.paused from config`);
  at("14:21", 0, paused);
  expect((await rehearsal.stack.preview()).text).toContain(`traffic  ${BLUE} 90 -> 100, ${GREEN} 10 -> 0`);
});

test("a weight that is not in the plan is a step like any other, and named", async () => {
  at("14:30", 30);
  const { text, writes } = await up();
  expect(text).toContain("plan     between steps 1 and 2 of 3 (30 is not in the plan)\n");
  expect(text).toContain("$ pulumi up -c candidateTraffic=50\n");
  expect(writes).toEqual(STEP);
  const rollout = valueAt(await component(), "outputs.rollout");
  expect(rollout).toMatchObject({
    plan: { steps: [10, 50, 100], step: 1, of: 3, text: "between steps 1 and 2 of 3 (30 is not in the plan)" },
    weightsFrom: "candidate",
  });
  expect(rollout).not.toHaveProperty("configNamespace");
});

test("the last step, with the steps between left out", async () => {
  at("15:30", 100);
  const { text } = await up();
  expect(text).toContain("plan     step 3 of 3\n");
  expect(text).toContain("wait     120 min before the old deployment may be removed (rollout.retireAfterMinutes)\n");
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 0, [GREEN]: 100 });
});

test("the old deployment leaves too soon: refused, and it stays", async () => {
  at("16:00", 100, { deployments: { [GREEN]: { modelVersion: "2" } } });
  expect(await refusal("up")).toContain(
    `deployments.${BLUE}: must stay for 90 more min, until 2026-11-24T17:30:00.000Z: rollout.retireAfterMinutes is 120, ` +
      "last step 2026-11-24T15:30:00.000Z; declare it again with weight 0 until then",
  );
  expect(await rehearsal.resources("/onlineEndpoints/deployments")).toHaveLength(2);
});

test("the end of the plan says how the rollout ends, and the way back is open", async () => {
  at("16:10", 100);
  expect((await up()).text).toContain(
    `      $ pulumi config rm-all --path deployments.${BLUE} candidate candidateTraffic && pulumi up`,
  );
  at("16:11", 90);
  expect((await rehearsal.stack.preview()).text).toContain(`traffic  ${BLUE} 0 -> 10, ${GREEN} 100 -> 90`);
});

test("after its time the old deployment leaves", async () => {
  at("17:30", 100, { deployments: { [GREEN]: { modelVersion: "2" } } });
  const { text, writes } = await up();
  expect(text).toContain("retireAfterMinutes 120 of 120\n");
  expect(writes).toEqual([...STEP, "DELETE onlineEndpoints/deployments"]);
  expect(await rehearsal.liveTraffic()).toEqual({ [GREEN]: 100 });
});

async function component(): Promise<unknown> {
  const resources = await rehearsal.stack.resources();
  return resources.find(({ type }) => type.startsWith("azure-mlflow-rollout:"));
}
