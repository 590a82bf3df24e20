import { wilsonInterval } from "../components/values/wilsonInterval";
import { openBareSession } from "./bareSession";
import { figureOf } from "./common/figure";
import type { Figure } from "./common/figure";
import type { BenchOrder } from "./common/part";
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
export async function benchScoring({ tell }: BenchOrder): Promise<readonly Figure[]> {
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
  tell(`requests           ${REQUESTS} on ${CONNECTIONS} connections, ${errors} errors`);
  tell(
    `split              ${percent(toGreen / REQUESTS)} to green, 99.9 % interval ${percent(low)} to ${percent(high)}: ` +
      `${percent(SHARE_OF_GREEN)} is ${isInside ? "inside" : "OUTSIDE"}`,
  );
  tell(`endpoint           ${String(served)}`);
  tell(`bare session       ${String(bare)}`);
  tell(`TLS and nothing    ${String(tls)}`);
  return [
    figureOf({
      figure: "scoring requests a second per core",
      ours: served.perCore,
      against: both,
      rival: "the bare ONNX session behind the same TLS",
      unit: "/s",
      limit: { least: 0.7 },
    }),
    figureOf({
      figure: `requests lost of ${REQUESTS}, and a split outside its interval`,
      ours: errors + (isInside ? 0 : 1),
      against: 1,
      rival: "none is wanted",
      unit: "",
      limit: { most: 0 },
    }),
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
