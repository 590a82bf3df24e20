import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { seededRandom } from "../../driver/scoring";
import { EXIT } from "../../cli/terminal/exitCodes";
import { killTree } from "../crash/processTree";
import { declaredWeights, possibleVerbs } from "./nextVerb";
import { VerbWorld } from "./world";

/** How long a verb takes before one has been seen to its end. */
const FIRST_GUESS_MS = 10_000;
/** How long an engine that has outlived its verb may take. */
const PATIENCE = 60;

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  readonly report: (line: string) => void;
}

export interface KillCount {
  readonly kills: number;
  readonly requests: number;
  readonly lost: number;
  /** What did not come back, a line each. */
  readonly failures: readonly string[];
}

/** Types verbs in a random order, kills each at a random moment, types `recover`, and looks whether live is declared. */
export async function killVerbs({ kills, seed, report }: KillOptions): Promise<KillCount> {
  const random = seededRandom(seed);
  const world = await VerbWorld.open();
  const failures: string[] = [];
  let [requests, model, longest] = [0, 1, FIRST_GUESS_MS];
  try {
    for (let count = 1; count <= kills; count += 1) {
      const verbs = possibleVerbs(world.declared(), `models/${model + 1}`);
      const verb = verbs[Math.floor(random() * verbs.length)] ?? "promote";
      if (verb.startsWith("start")) world.project.addModel(String((model += 1)), model % 2 === 0 ? "green" : "blue");
      // The engine runs in a group of its own: half of the kills leave it at work.
      const isWhole = random() < 0.5;
      const killed = await killAfter(world, `mlflow-rollout ${verb} --yes`, random() * longest, isWhole);
      if (killed.ended !== undefined) longest = killed.ended;
      const typed = await recover(world);
      const what = `${count}. ${verb}, ${killed.text}${isWhole ? " with its engine" : ""}; typed ${typed}`;
      const wrong = await wrongIn(world);
      if (wrong !== undefined) failures.push(`${what}: ${wrong}`);
      report(`${what}: ${wrong ?? "as declared"}`);
      if (wrong !== undefined) break;
      requests += world.load.take().requests;
    }
    return { kills, requests, lost: world.load.lostRequests, failures };
  } finally {
    await world.close();
  }
}

/** Starts a line and kills it, unless it has ended before. */
export async function killAfter(
  { project }: VerbWorld,
  line: string,
  milliseconds: number,
  isWhole: boolean,
): Promise<{ readonly text: string; readonly stdout: string; readonly ended?: number }> {
  const started = performance.now();
  const { pid, end } = project.start(line, { isLeader: true });
  const timer = new AbortController();
  const first = await Promise.race([end, sleep(milliseconds, undefined, { signal: timer.signal })]);
  timer.abort();
  if (first !== undefined) {
    const ended = performance.now() - started;
    return { text: `ended with ${first.code} after ${Math.round(ended)} ms`, stdout: first.stdout, ended };
  }
  if (isWhole) killTree(pid);
  else process.kill(-pid, "SIGKILL");
  const { stdout } = await end;
  return { text: `killed after ${Math.round(milliseconds)} ms`, stdout };
}

/** As a user does: the command, again while somebody is still at work. */
async function recover({ project }: VerbWorld): Promise<string> {
  for (let again = 0; again < PATIENCE; again += 1) {
    const { code, stdout } = await project.type("mlflow-rollout recover --yes --skip-preview");
    if (code === EXIT.conflict) {
      await sleep(1000);
      continue;
    }
    return stdout.includes("a preview has no changes") ? "recover, which had nothing to do" : "recover";
  }
  return "recover, in vain";
}

/** What is not as declared; undefined when all is. */
export async function wrongIn(world: VerbWorld): Promise<string | undefined> {
  const { deployments, ...declared } = world.declared();
  const wanted = declaredWeights(deployments, declared);
  const live = (await world.azure.liveTraffic()) as Readonly<Record<string, number>>;
  const serving = Object.fromEntries(Object.entries(live).filter(([, weight]) => weight > 0));
  if (!isDeepStrictEqual(serving, wanted)) return `live is ${JSON.stringify(live)}, declared ${JSON.stringify(wanted)}`;
  return (await world.isSettled()) ? undefined : "a preview has changes";
}
