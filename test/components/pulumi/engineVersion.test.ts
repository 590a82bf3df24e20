import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { askCli, cliRefusal } from "../../../components/pulumi/engineVersion";
import { mockRun } from "../../support/mocks";

const FLOOR = "3.245.0";
const TOO_OLD = (version: string) =>
  `the Pulumi CLI ${version} is too old for azure-mlflow-rollout: its hooks need ${FLOOR} or later; update it ("pulumi about" shows the version)`;

describe("what a CLI answers", () => {
  test.for<[string, number, string, string | undefined]>([
    ["new enough", 0, "", undefined],
    ["too old", 2, `Pulumi CLI version 3.230.0 does not satisfy the version range ">=${FLOOR}"`, TOO_OLD("3.230.0")],
    ["a development build", 2, "Pulumi CLI version 3.244.0-dev.0 does not satisfy the", TOO_OLD("3.244.0-dev.0")],
    ["cannot be asked", 12, "unknown method RequirePulumiVersion", TOO_OLD("before 3.217.0")],
    [
      "cannot be reached",
      14,
      "connect ECONNREFUSED 127.0.0.1:1",
      `the Pulumi CLI does not say its version, and azure-mlflow-rollout needs ${FLOOR} or later: connect ECONNREFUSED 127.0.0.1:1 (status 14)`,
    ],
  ])("%s", ([, status, message, refusal]) => {
    expect(cliRefusal({ status, message })).toBe(refusal);
  });
});

/** An engine whose version is given, in a thread of its own: the component blocks this one. */
const ENGINE = `
const { Server, ServerCredentials } = require("@grpc/grpc-js");
const { parentPort, workerData: { error } } = require("node:worker_threads");
const plain = (buffer) => buffer;
const check = {
  path: "/pulumirpc.Engine/RequirePulumiVersion",
  requestStream: false, responseStream: false,
  requestSerialize: plain, requestDeserialize: plain, responseSerialize: plain, responseDeserialize: plain,
};
let calls = 0;
const server = new Server();
server.addService({ check }, {
  check: ({ request }, callback) => {
    const details = error && error.replace("RANGE", request.subarray(2).toString()) + " (call " + ++calls + ")";
    callback(error ? { code: 2, details } : null, Buffer.alloc(0));
  },
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (_, port) => parentPort.postMessage(port));
`;

async function startEngine(error?: string): Promise<{ target: string; stop: () => Promise<unknown> }> {
  const worker = new Worker(ENGINE, { eval: true, execArgv: [], workerData: { error } });
  const [port] = (await once(worker, "message")) as [number];
  return { target: `dns:127.0.0.1:${port}`, stop: () => worker.terminate() };
}

describe("the component and its CLI", () => {
  test("a new one is asked once", async () => {
    const { target, stop } = await startEngine();
    expect(askCli(target)()).toBeUndefined();
    await stop();
    expect(askCli(target)()).toBeUndefined();
  });

  test("an old one is refused each time, with what it says", async () => {
    const { target, stop } = await startEngine('Pulumi CLI version 3.232.0 does not satisfy the version range "RANGE"');
    expect(askCli(target)()).toBe(TOO_OLD("3.232.0"));
    expect(askCli(target)()).toBe(TOO_OLD("3.232.0"));
    await stop();
  });

  test("the range is the floor, and any message comes through", async () => {
    const { target, stop } = await startEngine('käse: 100 % of "RANGE"');
    expect(askCli(target)()).toContain(`later: käse: 100 % of ">=${FLOOR}" (call 1) (status 2)`);
    await stop();
  });

  test("one that is gone is refused", () => {
    expect(askCli("127.0.0.1:1")()).toContain(
      `the Pulumi CLI does not say its version, and azure-mlflow-rollout needs ${FLOOR} or later: connect ECONNREFUSED 127.0.0.1:1`,
    );
  });

  test("a program with mocks has none to ask", async () => {
    await mockRun();
    expect(askCli()()).toBeUndefined();
  });
});
