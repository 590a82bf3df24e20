import { wilsonInterval } from "../components/values/wilsonInterval";
import { openBareSession } from "./bareSession";
import { startEmptyServer } from "./emptyServer";
import { SHARE_OF_GREEN, startBenchEndpoint } from "./endpoint";
import { Load } from "./load";
import type { LoadOrder } from "./load";

const REQUESTS = 10_000;
const CONNECTIONS = 16;
/** The three are measured in turns, so what else the machine does weighs on all of them. */
const ROUNDS = 5;

/** Processor time of this process, and what was done in it. */
class Meter {
  private count = 0;
  private cpuSeconds = 0;
  private seconds = 0;

  async measure<T>(count: number, work: () => Promise<T>): Promise<T> {
    const [before, started] = [process.cpuUsage(), performance.now()];
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    this.count += count;
    this.cpuSeconds += (user + system) / 1e6;
    this.seconds += (performance.now() - started) / 1000;
    return result;
  }

  /** How many a core does in a second. */
  get perCore(): number {
    return this.count / this.cpuSeconds;
  }

  toString(): string {
    return `${this.perCore.toFixed(0).padStart(6)}/s per core, ${(this.count / this.seconds).toFixed(0)}/s`;
  }
}

/** Requests to the endpoint against a bare loop around the ONNX sessions and against a server that does nothing. */
export async function benchScoring(): Promise<void> {
  const [endpoint, empty] = [await startBenchEndpoint(), await startEmptyServer()];
  const [blue, green] = [await openBareSession("blue"), await openBareSession("green")];
  const load = new Load();
  const requests = REQUESTS / ROUNDS;
  const scoring: LoadOrder = { ...endpoint, requests, connections: CONNECTIONS };
  const nothing: LoadOrder = { ...scoring, ...empty };
  const bareLoop = async (): Promise<void> => {
    for (let call = 0; call < requests; call++) await (call % 10 === 0 ? green() : blue());
  };

  for (const warmUp of [() => load.send(scoring), () => load.send(nothing), bareLoop]) await warmUp();
  const [served, bare, tls] = [new Meter(), new Meter(), new Meter()];
  let [errors, toGreen] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const report = await served.measure(requests, () => load.send(scoring));
    errors += report.errors;
    toGreen += report.answers["green"] ?? 0;
    await bare.measure(requests, bareLoop);
    await tls.measure(requests, () => load.send(nothing));
  }
  load.close();
  empty.close();
  await endpoint.close();

  const [low, high] = wilsonInterval(toGreen, REQUESTS);
  const isInside = low <= SHARE_OF_GREEN && SHARE_OF_GREEN <= high;
  const both = 1 / (1 / bare.perCore + 1 / tls.perCore);
  console.log(`requests           ${REQUESTS} on ${CONNECTIONS} connections, ${errors} errors`);
  console.log(
    `split              ${percent(toGreen / REQUESTS)} to green, 99.9 % interval ${percent(low)} to ${percent(high)}: ` +
      `${percent(SHARE_OF_GREEN)} is ${isInside ? "inside" : "OUTSIDE"}`,
  );
  console.log(`endpoint           ${String(served)}`);
  console.log(`bare session       ${String(bare)}`);
  console.log(`TLS and nothing    ${String(tls)}`);
  console.log(`ratio              ${(served.perCore / bare.perCore).toFixed(2)} of the bare session`);
  console.log(`                   ${(served.perCore / both).toFixed(2)} of the bare session behind TLS`);
  if (errors > 0 || !isInside) process.exitCode = 1;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
