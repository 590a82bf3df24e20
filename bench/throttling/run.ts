import type { BenchOrder, Measurements } from "../common/part";
import type { Series } from "../common/series";
import { endpointDocuments, estateOf, placeOf } from "./estate";
import { inVirtualTime } from "./inVirtualTime";
import { throttlingSeries } from "./outcome";
import type { Outcome } from "./outcome";
import { Subscription } from "./subscription";
import { weightStep } from "./weightStep";
import type { StepCounts } from "./weightStep";

const ENDPOINTS = 500;
/** "Manage and increase quotas": deployments of an endpoint, and of a subscription in a region. */
const DEPLOYMENTS = 20;
const MOST_DEPLOYMENTS = 500;
const IN_REGION = MOST_DEPLOYMENTS / DEPLOYMENTS;
const REGIONS = ENDPOINTS / IN_REGION;
const AT_ONCE = [1, 4, 16, 32, 64, 256];
/** Until all buckets are full again. */
const REST_MS = 60_000;

/** A step of a fleet at Azure's limits, by how many are made at the same time, where Azure throttles. */
export async function benchThrottling({ tell }: Pick<BenchOrder, "tell">): Promise<Measurements> {
  tell(`an endpoint with ${DEPLOYMENTS} deployments`);
  const documents = await endpointDocuments(DEPLOYMENTS);
  const series: Series[] = [];
  for (const subscriptions of [1, REGIONS]) {
    const fleet = subscriptions === 1 ? `one subscription in ${REGIONS} regions` : `${subscriptions} subscriptions`;
    const estate = estateOf(documents, { workspaces: REGIONS / subscriptions, endpoints: IN_REGION });
    const opened: Subscription[] = [];
    try {
      for (let index = 0; index < subscriptions; index += 1) opened.push(await Subscription.open(estate));
      series.push(throttlingSeries(fleet, await outcomesOf(opened, (line) => tell(`${fleet}: ${line}`))));
    } finally {
      for (const each of opened) await each.close();
    }
  }
  return { figures: [], series };
}

async function outcomesOf(
  subscriptions: readonly Subscription[],
  tell: BenchOrder["tell"],
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let from = 0;
  for (const [index, atOnce] of AT_ONCE.entries()) {
    tell(`${atOnce} steps at once`);
    const counts: StepCounts = { requests: 0, throttled: 0, failed: 0 };
    const works = Array.from({ length: ENDPOINTS }, (_, member) => {
      const subscription = subscriptions[member % subscriptions.length];
      if (subscription === undefined) throw new Error("there is no subscription");
      const place = memberPlace(subscription, Math.floor(member / subscriptions.length));
      const start = from;
      const world = {
        counts,
        send: (...[request, atMs]: Parameters<Subscription["send"]>) => subscription.send(request, start + atMs),
      };
      return (startMs: number) => weightStep(world, place, 10 * (index + 1), startMs);
    });
    const elapsed = await inVirtualTime(works, atOnce);
    outcomes.push({ ...counts, ...elapsed, atOnce });
    from += elapsed.totalMs + REST_MS;
  }
  return outcomes;
}

function memberPlace({ id }: Subscription, member: number) {
  return placeOf(id, Math.floor(member / IN_REGION), member % IN_REGION);
}
