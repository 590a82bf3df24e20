import { createServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { EXIT } from "../../cli/terminal/exitCodes";
import { textAt, valueAt } from "../../driver/azureClient";
import { editedEndpoint } from "../../driver/editedEndpoint";
import { TIMEOUT_MS, VerbSession } from "../support/verbSession";

vi.setConfig({ testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS });

/** The tests of this file are one rollout, in order: each goes on where the one before ended. */
let session: VerbSession;
let server: Server;
const events: { readonly type: string; readonly data: { readonly weight: number } }[] = [];

const STEP = ["PUT deployments"];
const GATES = `  heart:rollout:
    steps: [10, 100]
    mirror: { percent: 10 }
    gates: { check: { command: { run: [sh, verdict.sh] } } }
`;

function gate(status: 0 | 1 | 2): void {
  session.project.write("verdict.sh", `echo "the check says ${status}"\nexit ${status}\n`);
}

async function live(): Promise<{ readonly traffic: unknown; readonly mirrored: unknown }> {
  const [endpoint] = await session.azure.resources("/onlineEndpoints");
  return {
    traffic: valueAt(endpoint, "properties.traffic"),
    mirrored: valueAt(endpoint, "properties.mirrorTraffic") ?? {},
  };
}

const weights = (candidate: number) => ({ "model-1": 100 - candidate, "model-2": candidate });

beforeAll(async () => {
  const receiver = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      events.push(JSON.parse(body) as (typeof events)[number]);
      response.writeHead(202).end();
    });
  });
  server = receiver;
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  session = await VerbSession.open(true);
  await session.up();
  await session.project.must("mlflow-rollout start models/2 --yes");
  session.project.write("Pulumi.dev.yaml", (session.fileText() ?? "").replace(/^config:\n/m, `config:\n${GATES}`));
  gate(0);
});

afterAll(async () => {
  server.close();
  await session.close();
});

test("the mirror stage begins, in one write", async () => {
  const { code, stdout, writes } = await session.verb("run --once");
  expect({ code, writes }).toEqual({ code: EXIT.inProgress, writes: STEP });
  expect(stdout).toContain("heart  mirror-started  10 % of the requests are copied to model-2");
  expect(await live()).toEqual({ traffic: weights(0), mirrored: { "model-2": 10 } });
});

test("an inconclusive gate holds it, and stack config is as it was to the letter", async () => {
  gate(2);
  const { code, stdout, writes, fileKept } = await session.verb("run --once");
  expect({ code, writes, fileKept }).toEqual({ code: EXIT.held, writes: [], fileKept: true });
  expect(stdout).toMatch(/heart {2}held {2}gate check inconclusive: .*the check says 2/);
});

test("the deadline of a step ends a run with the weights as they are", async () => {
  const { code, writes, fileKept } = await session.verb("run --interval 1 --step-timeout 0.02");
  expect({ code, writes, fileKept }).toEqual({ code: EXIT.timedOut, writes: [], fileKept: true });
});

test("a gate that fails during the mirror stage ends the mirror, in one write", async () => {
  gate(1);
  const { code, stdout, writes } = await session.verb("run --once");
  expect({ code, writes }).toEqual({ code: EXIT.aborted, writes: STEP });
  expect(stdout).toMatch(/heart {2}aborted {2}gate check fail: .*the check says 1/);
  expect(await live()).toEqual({ traffic: weights(0), mirrored: {} });
  expect(session.config()).toMatchObject({
    candidateTraffic: 0,
    rollout: { paused: expect.stringMatching(/^aborted: gate check fail: /) as string },
  });
  expect(await session.isSettled()).toBe(true);
});

test("a run that is started again takes no step, until somebody resumes", async () => {
  gate(0);
  const again = await session.verb("run");
  expect([again.code, again.writes]).toEqual([EXIT.aborted, []]);
  await session.project.must("mlflow-rollout resume --yes");
});

test("the mirror is removed in the same write as the first live weight, and the next step is in the history", async () => {
  expect((await session.verb("run --once")).code).toBe(EXIT.inProgress);
  const { code, writes } = await session.verb("run --once");
  expect({ code, writes }).toEqual({ code: EXIT.inProgress, writes: STEP });
  expect(await live()).toEqual({ traffic: weights(10), mirrored: {} });
  const history = await session.project.must("mlflow-rollout history --limit 1 --json");
  expect(JSON.parse(history)).toMatchObject({
    updates: [
      {
        verb: "run",
        reason: "promote: model-2 0 -> 10 (step 1 of 2)",
        verdicts: expect.arrayContaining([expect.stringContaining("check pass")]) as string[],
      },
    ],
  });
});

test("live weights that somebody else wrote stop it with the weights as they are", async () => {
  const [endpoint] = await session.azure.resources("/onlineEndpoints");
  const write = (traffic: object) =>
    session.azure.operate("PUT", textAt(endpoint, "id"), editedEndpoint(endpoint, { properties: { traffic } }));
  await write(weights(33));
  const { code, writes, fileKept } = await session.verb("run");
  expect({ code, writes, fileKept }).toEqual({ code: EXIT.conflict, writes: [], fileKept: true });
  expect((await live()).traffic).toEqual(weights(33));
  await write(weights(10));
});

test("the way back that stands in config alone is carried out, and said", async () => {
  const text = session.fileText() ?? "";
  session.project.write("Pulumi.dev.yaml", text.replace("candidateTraffic: 10", "candidateTraffic: 5"));
  const { code, stdout, writes } = await session.verb("run --once");
  expect({ code, writes }).toEqual({ code: EXIT.inProgress, writes: STEP });
  expect(stdout).toContain("stack config asks for what no update has begun: model-1 90 -> 95, model-2 10 -> 5");
  expect((await live()).traffic).toEqual(weights(5));
});

test("a step that stands in config alone is asked the gates as any other", async () => {
  gate(1);
  const text = session.fileText() ?? "";
  session.project.write("Pulumi.dev.yaml", text.replace("candidateTraffic: 5", "candidateTraffic: 10"));
  const { code, writes } = await session.verb("run --once");
  expect({ code, writes }).toEqual({ code: EXIT.aborted, writes: STEP });
  expect((await live()).traffic).toEqual(weights(0));
  expect(await session.isSettled()).toBe(true);
  gate(0);
  await session.project.must("mlflow-rollout resume --yes");
});

test("after Ctrl+C the update under way ends, and the same command goes on from there", async () => {
  let seen = "";
  const { pid, end } = session.project.start("exec mlflow-rollout run --interval 1", {
    isLeader: true,
    onText: (text) => {
      seen += text;
    },
  });
  // The update says so before it writes.
  await vi.waitFor(() => expect(seen).toContain("    ready    model-1"), { timeout: 300_000, interval: 20 });
  process.kill(-pid, "SIGINT");
  expect((await end).code).toBe(EXIT.interrupted);
  expect(seen).toContain("heart  interrupted  interrupted; the same command goes on from here");
  expect(await live()).toEqual({ traffic: weights(0), mirrored: { "model-2": 10 } });
  expect(session.config()).toMatchObject({ mirrorTraffic: { "model-2": 10 } });
  expect(await session.isSettled()).toBe(true);
});

test("it walks to the end, tells a receiver of each transition, and retires the old deployment", async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rollouts`;
  const secret = "MLFLOW_ROLLOUT_WEBHOOK_SECRET=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const { code, stdout } = await session.project.type(
    `${secret} mlflow-rollout run --interval 1 --finish --json --webhook ${url}`,
  );
  expect(code).toBe(EXIT.done);
  const told = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as (typeof events)[number]);
  expect(events).toEqual(told);
  expect(told.at(-1)).toMatchObject({ type: "io.github.azure-mlflow-rollout.finished", data: { weight: 100 } });
  expect(told.map(({ data }) => data.weight)).toEqual(told.map(({ data }) => data.weight).toSorted((a, b) => a - b));
  expect(await live()).toEqual({ traffic: { "model-2": 100 }, mirrored: {} });
  expect(await session.isSettled()).toBe(true);
  expect((await session.verb("run")).code).toBe(EXIT.done);
});
