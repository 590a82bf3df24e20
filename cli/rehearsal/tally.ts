import { isDeepStrictEqual } from "node:util";

/** An answer of the endpoint, or none. */
export interface ScoringAnswer {
  /** HTTP status; 0 when the connection was cut off. */
  readonly status: number;
  /** The deployment that answered; undefined when the request reached none. */
  readonly deployment: string | undefined;
  /** What the model took, milliseconds; undefined when it did not answer. */
  readonly milliseconds: number | undefined;
  /** Parsed. */
  readonly body: unknown;
}

/** What the requests of a time came to, by deployment. */
export interface Tally {
  requests: number;
  /** Requests without a model's answer. */
  lost: number;
  readonly deployments: Record<string, DeploymentTally>;
}

interface DeploymentTally {
  requests: number;
  errors: number;
  /** Answered with something else than the same model gives to the same request without a fault. */
  wrong: number;
  /** Milliseconds of each answer. */
  readonly latencies: number[];
}

/** What each deployment answers the sample request without a fault; a model that answers differently each time has none. */
export type RightAnswers = Readonly<Record<string, unknown>>;

export function emptyTally(): Tally {
  return { requests: 0, lost: 0, deployments: {} };
}

export function addAnswer(tally: Tally, answer: ScoringAnswer, right: RightAnswers): void {
  const { status, deployment, milliseconds, body } = answer;
  const isAnswered = status === 200;
  tally.requests += 1;
  if (!isAnswered) tally.lost += 1;
  if (deployment === undefined) return;
  const counted = (tally.deployments[deployment] ??= { requests: 0, errors: 0, wrong: 0, latencies: [] });
  counted.requests += 1;
  if (!isAnswered) counted.errors += 1;
  else if (Object.hasOwn(right, deployment) && !isDeepStrictEqual(body, right[deployment])) counted.wrong += 1;
  if (milliseconds !== undefined) counted.latencies.push(milliseconds);
}

/** Two tallies as one. */
export function together(a: Tally, b: Tally): Tally {
  const names = [...new Set([...Object.keys(a.deployments), ...Object.keys(b.deployments)])];
  const of = ({ deployments }: Tally, name: string): DeploymentTally =>
    deployments[name] ?? { requests: 0, errors: 0, wrong: 0, latencies: [] };
  return {
    requests: a.requests + b.requests,
    lost: a.lost + b.lost,
    deployments: Object.fromEntries(
      names.map((name) => {
        const [one, two] = [of(a, name), of(b, name)];
        return [
          name,
          {
            requests: one.requests + two.requests,
            errors: one.errors + two.errors,
            wrong: one.wrong + two.wrong,
            latencies: [...one.latencies, ...two.latencies],
          },
        ];
      }),
    ),
  };
}

/** The value that a share of all values do not exceed, nearest rank; undefined without values. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
