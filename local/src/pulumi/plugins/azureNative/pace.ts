import { setTimeout as sleep } from "node:timers/promises";

/** How long azure-native waits, in milliseconds. */
export interface Pace {
  wait(milliseconds: number): Promise<unknown>;
  /** Before each try that follows one that did not get through, when Azure does not say how long. */
  readonly retries: readonly number[];
  /** Before the next look at an operation that is not over yet, of a write or a delete. */
  poll(method: string, looks: number): number;
  /** The longest time to wait that Azure may ask for before a next try. */
  readonly longestRetry: number;
}

/** As azure-native sets its client up: three more tries, a look every 10 s at writes and every 30 s at deletes. */
export const AZURE_PACE: Pace = {
  wait: (milliseconds) => sleep(milliseconds),
  retries: [20_000, 60_000, 120_000],
  poll: (method) => (method === "DELETE" ? 30_000 : 10_000),
  longestRetry: 120_000,
};

const FIRST_LOOK_MS = 20;
const LAST_LOOK_MS = 1000;

/** For tests and rehearsals, whose operations last milliseconds. */
const FAST_PACE: Pace = {
  ...AZURE_PACE,
  retries: [1000, 1000, 1000],
  poll: (_, looks) => Math.min(FIRST_LOOK_MS * 1.5 ** (looks - 1), LAST_LOOK_MS),
};

/** The pace that `LOCAL_PULUMI_POLLING` asks for: `fast`, or that of azure-native. */
export function wantedPace(env: NodeJS.ProcessEnv): Pace {
  return env["LOCAL_PULUMI_POLLING"] === "fast" ? FAST_PACE : AZURE_PACE;
}
