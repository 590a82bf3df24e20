import type { BenchOrder, Measurements } from "../common/part";
import { startBenchEndpoint } from "../endpoint";
import { Load } from "../load";
import { startBareServer, startEmptyServer } from "./bareServers";
import { scoringOf } from "./figures";
import type { Level } from "./figures";
import { rollOut } from "./rollout";
import { Turns } from "./turns";

const CALLERS = [1, 4, 16, 64];
/** Some always wait then, so the server answers all that it can. */
const MOST = 64;
/** The cost of a request is judged with so many. */
const JUDGED = 16;
/** In each turn. */
const REQUESTS = 2000;

/** Requests to the endpoint, to a bare session and to a server that does nothing; then a rollout under the highest load. */
export async function benchScoring({ rounds, tell }: Pick<BenchOrder, "rounds" | "tell">): Promise<Measurements> {
  const ours = await startBenchEndpoint();
  const [bare, empty] = [await startBareServer(), await startEmptyServer()];
  const load = new Load();
  try {
    const turns = new Turns(load, { ours, bare, empty }, REQUESTS);
    tell("warming up");
    await turns.measure(JUDGED, 2);
    const levels: Level[] = [];
    for (const connections of CALLERS) {
      tell(`${connections} callers at the same time`);
      levels.push({ connections, ...(await turns.measure(connections, rounds)) });
    }
    tell(`a rollout with ${MOST} callers`);
    return scoringOf(levels, JUDGED, await rollOut(ours, load, MOST));
  } finally {
    load.close();
    for (const server of [ours, bare, empty]) await server.close();
  }
}
