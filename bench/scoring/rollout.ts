import type { BenchEndpoint } from "../endpoint";
import type { Load, LoadReport } from "../load";

/** Weight of green in each stage of a full rollout. */
const STAGES = [0, 10, 50, 100];
/** Of each stage, after its weights are live: 20,000 in all. */
const SETTLED = 5000;
/** At a time, while weights move. */
const MOVING = 500;

/** What callers got in a stage of a rollout. */
export interface Stage {
  /** Percent. */
  readonly weight: number;
  /** Requests that were sent, those while the weights moved to this stage among them. */
  readonly sent: number;
  readonly lost: number;
  /** Answers since the weights were live, and how many of them are green's. */
  readonly settled: number;
  readonly toGreen: number;
  readonly seconds: number;
}

/** Moves all the traffic from blue to green while callers send without a pause. */
export async function rollOut(
  endpoint: Omit<BenchEndpoint, "close">,
  load: Pick<Load, "send">,
  connections: number,
): Promise<readonly Stage[]> {
  const { scoringUri, key, ca } = endpoint;
  const send = (requests: number): Promise<LoadReport> => load.send({ scoringUri, key, ca, requests, connections });
  const stages: Stage[] = [];
  for (const weight of STAGES) {
    const moving = await sendDuring(endpoint.weigh(weight), () => send(MOVING));
    const settled = await send(SETTLED);
    const reports = [...moving, settled];
    stages.push({
      weight,
      sent: moving.length * MOVING + SETTLED,
      lost: sum(reports, ({ errors }) => errors),
      settled: SETTLED - settled.errors,
      toGreen: settled.answers["green"] ?? 0,
      seconds: sum(reports, ({ seconds }) => seconds),
    });
  }
  return stages;
}

/** Sends again and again until some work is done. */
async function sendDuring(work: Promise<void>, send: () => Promise<LoadReport>): Promise<readonly LoadReport[]> {
  const reports: LoadReport[] = [];
  const done = work.then(() => true);
  // It is looked at after each sending only.
  done.catch(() => undefined);
  do reports.push(await send());
  while (!(await Promise.race([done, Promise.resolve(false)])));
  return reports;
}

function sum(reports: readonly LoadReport[], value: (report: LoadReport) => number): number {
  return reports.reduce((total, report) => total + value(report), 0);
}
