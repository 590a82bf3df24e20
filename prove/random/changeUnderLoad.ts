import { Load } from "../../driver/load";
import { textAt, valueAt } from "../../driver/azureClient";
import { seededRandom } from "../../driver/scoring";
import { AnyAuthCaller } from "./anyAuthCaller";
import { FIRST, RandomChanges } from "./changes";
import type { Declared } from "./changes";
import { checkEndpointWrites } from "./endpointWrites";
import { liveDifferences } from "./liveDifferences";
import type { FreshTokenClient } from "./freshTokenClient";
import { addPrivateNetwork } from "./privateNetwork";
import type { RandomRun, RandomRunOptions } from "./runs";

const REPORT_EVERY = 10;

interface UnderLoad extends RandomRunOptions {
  readonly name: string;
  readonly operator: FreshTokenClient;
  /** Path below the subscription, or id, of an endpoint as {@link FIRST} declares it. */
  readonly endpoint: string;
  readonly apply: (declared: Declared) => Promise<void>;
}

/** Random changes one after the other under load; ends early at the first failure. */
export async function changeUnderLoad(options: UnderLoad): Promise<RandomRun> {
  const { changes, seed, report, name, operator, endpoint, apply } = options;
  const { client } = operator;
  const headers = await addPrivateNetwork(operator, endpoint.split("/onlineEndpoints/")[0] ?? "");
  const scoringUri = textAt(await operator.send("GET", endpoint), "properties.scoringUri");
  const caller = new AnyAuthCaller(client.azure.ca, operator.credentials(endpoint));
  const load = new Load(caller, { scoringUri, key: "", headers });
  const random = new RandomChanges(seededRandom(seed));
  const failures: string[] = [];
  let [done, writes, requests] = [0, 0, 0];
  let declared = FIRST;
  let since = (await client.trace("kind=arm")).at(-1)?.seq ?? 0;
  while (done < changes && failures.length === 0) {
    declared = random.next(declared);
    done += 1;
    const found = await apply(declared).then(
      async () => liveDifferences(declared, ...(await liveOf(operator, endpoint))),
      (error: unknown) => [String(error)],
    );
    const trace = await client.trace(`kind=arm&since=${since}`);
    since = trace.at(-1)?.seq ?? since;
    const written = checkEndpointWrites(trace);
    writes += written.writes;
    requests += load.take().requests;
    failures.push(...[...found, ...written.failures].map((text) => `${name}, change ${done}: ${text}`));
    if (done % REPORT_EVERY === 0) report(`${name}: ${done} changes, ${requests} requests, ${load.lostRequests} lost`);
  }
  await load.stop();
  requests += load.take().requests;
  caller.close();
  return { seed, changes: done, writes, requests, lost: load.lostRequests, failures };
}

async function liveOf(operator: FreshTokenClient, endpoint: string): Promise<readonly [unknown, readonly unknown[]]> {
  const deployments = valueAt(await operator.send("GET", `${endpoint}/deployments`), "value");
  return [await operator.send("GET", endpoint), deployments as readonly unknown[]];
}
