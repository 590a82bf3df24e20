import { engineTarget } from "./sdkInternals";
import { MessageChannel, Worker, receiveMessageOnPort } from "node:worker_threads";

/**
 * The oldest Pulumi CLI. Since 3.238 a failing after-hook fails the update (before that, a deployment that still serves
 * would be deleted); since 3.244 every provider error reaches the error hooks. This is the oldest tested version.
 */
export const CLI_FLOOR = "3.245.0";
/** The first CLI that can be asked for its version. */
const FIRST_THAT_ANSWERS = "3.217.0";

/** Engines that are new enough. One process may run programs with several engines in turn. */
const newEnough = new Set<string>();

/**
 * Called before anything is declared: asks the engine for its version, which it says while the arguments are checked. Without
 * an engine, as in a unit test with mocks, nothing is asked.
 *
 * @returns waits for the answer: why the engine is too old for the hooks, or undefined
 */
export function askCli(target: string | undefined = engineTarget()): () => string | undefined {
  if (target === undefined || newEnough.has(target)) return () => undefined;
  const answer = askEngineVersion(target, `>=${CLI_FLOOR}`);
  return () => {
    const refusal = cliRefusal(answer());
    if (refusal === undefined) newEnough.add(target);
    return refusal;
  };
}

/** Why a CLI with this answer is refused, or undefined. Pure. */
export function cliRefusal({ status, message }: EngineAnswer): string | undefined {
  if (status === 0) return undefined;
  const version = /version (\S+) does not satisfy/.exec(message)?.[1];
  if (version !== undefined) return tooOld(version);
  if (status === UNIMPLEMENTED) return tooOld(`before ${FIRST_THAT_ANSWERS}`);
  return `the Pulumi CLI does not say its version, and azure-mlflow-rollout needs ${CLI_FLOOR} or later: ${message} (status ${status})`;
}

function tooOld(version: string): string {
  return `the Pulumi CLI ${version} is too old for azure-mlflow-rollout: its hooks need ${CLI_FLOOR} or later; update it ("pulumi about" shows the version)`;
}

/** The result of a gRPC call; status 0 means success. */
export interface EngineAnswer {
  readonly status: number;
  readonly message: string;
}

const UNIMPLEMENTED = 12;
const UNAVAILABLE = 14;
const SECONDS = 20;
const CHECK = "/pulumirpc.Engine/RequirePulumiVersion";

/**
 * Runs in the worker. Plain HTTP/2, so it needs no module resolution: a program may be bundled or compiled in any way.
 */
const WORKER = `
const { connect } = require("node:http2");
const { workerData: { authority, path, frame, signal, port } } = require("node:worker_threads");
const session = connect(authority);
let status, message = "";
const read = (headers) => {
  status ??= headers["grpc-status"];
  message ||= decodeURIComponent(headers["grpc-message"] ?? "");
};
const end = (answer) => {
  port.postMessage(answer);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
  session.destroy();
};
const fail = (error) => end({ status: ${UNAVAILABLE}, message: (error.cause ?? error).message });
session.on("error", fail);
const request = session.request({ ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers" });
request.on("error", fail).on("response", read).on("trailers", read).resume();
request.on("end", () => end({ status: Number(status ?? ${UNAVAILABLE}), message }));
request.end(frame);
`;

/**
 * Asks the engine whether its version is in a range. The SDK can only ask asynchronously, and a constructor must know before
 * it declares anything.
 *
 * @param target - the engine as gRPC names it
 * @param range - such as `>=3.245.0`
 * @returns waits for the answer
 */
function askEngineVersion(target: string, range: string): () => EngineAnswer {
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const { port1: ours, port2: port } = new MessageChannel();
  const worker = new Worker(WORKER, {
    eval: true,
    // The worker must not use the program's loaders.
    execArgv: [],
    env: {},
    workerData: {
      authority: `http://${target.replace(/^dns:\/*/, "")}`,
      path: CHECK,
      frame: frameOf(range),
      signal,
      port,
    },
    transferList: [port],
  });
  worker.unref();
  return () => {
    Atomics.wait(signal, 0, 0, SECONDS * 1000);
    const answer = receiveMessageOnPort(ours);
    ours.close();
    void worker.terminate();
    return (
      (answer?.message as EngineAnswer | undefined) ?? {
        status: UNAVAILABLE,
        message: `no answer after ${SECONDS} seconds`,
      }
    );
  };
}

/** The request in gRPC framing: uncompressed flag, length, and a message with the range as its first field. */
function frameOf(range: string): Uint8Array {
  const text = Buffer.from(range);
  const message = Buffer.from([0x0a, text.length, ...text]);
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  message.copy(frame, 5);
  return frame;
}
