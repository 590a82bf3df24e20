import { setTimeout as sleep } from "node:timers/promises";
import type { CloudEvent } from "../../cli/run/cloudEvent";
import { EXIT } from "../../cli/terminal/exitCodes";
import { seededRandom } from "../../driver/scoring";
import { killAfter, wrongIn } from "../verbs/kills";
import type { KillCount, KillOptions } from "../verbs/kills";
import { VerbWorld } from "../verbs/world";

/** A kill may meet a reading, a preview, an update or what lies between. */
const STEPS = 2;
/** How often a run is started that finds an engine of the killed one at work. */
const PATIENCE = 60;
/** Between two looks of a run there is a mirror stage, three steps, and the end. */
const PLAN = "rollout.steps [30,60,100]";
const MIRROR = "rollout.mirror.percent 10";
const TOLD_OF_UPDATES = /\.(step-reached|mirror-started|applied|finished)$/;

/** Kills unattended runs at random moments, starts each again for one step, and looks whether live is declared. */
export async function killRuns({ kills, seed, report }: KillOptions): Promise<KillCount> {
  const random = seededRandom(seed);
  const world = await VerbWorld.open();
  const failures: string[] = [];
  const told: CloudEvent[] = [];
  let [requests, model, stepMs] = [0, 1, 0];
  try {
    for (const setting of [PLAN, MIRROR]) await world.project.must(`pulumi config set --path ${setting}`);
    await world.project.must("pulumi up --yes --skip-preview");
    for (let count = 1; count <= kills; count += 1) {
      if (world.declared().candidate === undefined) {
        model += 1;
        world.project.addModel(String(model), model % 2 === 0 ? "green" : "blue");
        const began = performance.now();
        // With processes of its own, as the lines that are killed: it tells how long a step of theirs takes.
        const { end } = world.project.start(`mlflow-rollout start models/${model} --yes`, { isLeader: true });
        const { code, stderr } = await end;
        if (code !== 0) throw new Error(stderr);
        stepMs = performance.now() - began;
      }
      // The engine runs in a group of its own: half of the kills leave it at work.
      const isWhole = random() < 0.5;
      const line = "mlflow-rollout run --finish --json --interval 1";
      const killed = await killAfter(world, line, random() * STEPS * stepMs, isWhole);
      told.push(...eventsIn(killed.stdout));
      const again = await startAgain(world);
      told.push(...again.events);
      const what = `${count}. ${killed.text}${isWhole ? " with its engine" : ""}; started again: ${again.text}`;
      const wrong = again.wrong ?? (await wrongIn(world)) ?? (await missingIn(world, told));
      report(`${what}: ${wrong ?? "as declared"}`);
      requests += world.load.take().requests;
      if (wrong === undefined) continue;
      failures.push(`${what}: ${wrong}`);
      break;
    }
    return { kills, requests, lost: world.load.lostRequests, failures };
  } finally {
    await world.close();
  }
}

/** The same command for one step, again while the engine of the killed one is still at work. */
async function startAgain({ project }: VerbWorld): Promise<{
  readonly text: string;
  readonly events: readonly CloudEvent[];
  readonly wrong?: string;
}> {
  const codes = new Set<number>([EXIT.done, EXIT.inProgress, EXIT.waiting]);
  for (let again = 0; again < PATIENCE; again += 1) {
    const { code, stdout, stderr } = await project.type("mlflow-rollout run --once --finish --json");
    const events = eventsIn(stdout);
    const text =
      events.map(({ type, data }) => `${type.split(".").at(-1)} ${data.weight}`).join(", ") || `code ${code}`;
    if (!codes.has(code)) return { text, events, wrong: `it ended with ${code}: ${stderr.trim().slice(-2000)}` };
    if (code !== EXIT.inProgress || events.length > 0) return { text, events };
    await sleep(1000);
  }
  return { text: "in vain", events: [], wrong: "somebody holds the stack for ever" };
}

/** An update that a run has told of and the history of the stack does not have; undefined when there is none. */
async function missingIn({ project }: VerbWorld, told: readonly CloudEvent[]): Promise<string | undefined> {
  const { updates } = JSON.parse(await project.must("mlflow-rollout history --limit 0 --json")) as {
    readonly updates: readonly { readonly reason?: string; readonly message?: string; readonly result: string }[];
  };
  const history = updates.filter(({ result }) => result === "succeeded").map((update) => JSON.stringify(update));
  const expected = told.filter(({ type }) => TOLD_OF_UPDATES.test(type)).map(({ data }) => data.message);
  const missing = expected.find(
    (message) =>
      history.filter((update) => update.includes(JSON.stringify(message).slice(1, -1))).length <
      expected.filter((other) => other === message).length,
  );
  return missing === undefined ? undefined : `the history lacks "${missing}"`;
}

function eventsIn(stdout: string): readonly CloudEvent[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{") && line.endsWith("}"))
    .map((line) => JSON.parse(line) as CloudEvent);
}
