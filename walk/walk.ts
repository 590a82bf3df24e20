import { isDeepStrictEqual } from "node:util";
import { Load } from "../driver/load";
import { LocalAzureProcess } from "../driver/localAzureProcess";
import { ScoringClient } from "../driver/scoringClient";
import { UserProject } from "../driver/userProject";
import { FIRST, ROLLOUTS } from "./rollouts";
import type { WalkLine } from "./rollouts";
import type { Screen } from "./screens";

/** Virtual seconds in one real second: a deployment of 9 minutes takes one. */
const SPEED = 600;
/** Between two requests of a caller: seldom enough to leave the machine to the engine. */
const PAUSE_MS = 25;

/** The numbers of `--json`. */
export interface WalkResult {
  readonly rollouts: number;
  readonly aborted: number;
  readonly undone: number;
  /** Scoring requests without an answer. */
  readonly lostRequests: number;
  /** Verbs after which live is not what they say, or a preview has changes. */
  readonly configDrift: number;
}

export interface WalkObserver {
  /** Gets all that a person who watches sees. */
  readonly print: (text: string) => void;
  readonly screen: (screen: Screen) => void;
}

/** Three rollouts in a new project on a local Azure, typed as a user does, with scoring requests under way. */
export async function walkRollouts({ print, screen }: WalkObserver): Promise<WalkResult> {
  const azure = await LocalAzureProcess.start(SPEED);
  const client = new ScoringClient(azure.settings.ca);
  const project = UserProject.make(azure.settings.env);
  let load: Load | undefined;
  let configDrift = 0;
  try {
    for (const line of FIRST) await shown(project, line, print);
    load = new Load(client, await targetOf(project), PAUSE_MS);
    for (const { title, version, model, lines } of ROLLOUTS) {
      print(`\n${title}\n`);
      project.addModel(version, model);
      for (const line of lines) {
        screen({ name: line.name, typed: line.typed, lines: await shown(project, line.typed, print) });
        const drift = await driftAfter(line, project, azure);
        if (drift !== undefined) configDrift += 1;
        const { requests, failed } = load.take();
        print(`  -- ${drift ?? "declared is live, the preview is empty"}; ${requests} requests, ${failed} lost\n`);
      }
    }
    return { rollouts: ROLLOUTS.length, ...countsOf("abort", "undo"), lostRequests: load.lostRequests, configDrift };
  } finally {
    await load?.stop();
    client.close();
    project.close();
    await azure.stop();
  }
}

/** Types a line and shows it with all that it prints. @throws Error when it fails */
async function shown(project: UserProject, line: string, print: (text: string) => void): Promise<readonly string[]> {
  print(`\n$ ${line}\n`);
  let text = "";
  await project.must(line, (part) => {
    text += part;
    print(part);
  });
  return text.trimEnd().split("\n");
}

async function targetOf(project: UserProject): Promise<{ readonly scoringUri: string; readonly key: string }> {
  const { scoringUri, primaryKey } = JSON.parse(
    await project.must("pulumi stack output --json --show-secrets"),
  ) as Record<string, string>;
  return { scoringUri: scoringUri ?? "", key: primaryKey ?? "" };
}

/** What is not as a line should leave it; undefined when all is. */
async function driftAfter(
  { live }: WalkLine,
  project: UserProject,
  azure: LocalAzureProcess,
): Promise<string | undefined> {
  const found = await azure.liveTraffic();
  if (!isDeepStrictEqual(withoutZeros(found), withoutZeros(live)))
    return `DRIFT: the live traffic is ${JSON.stringify(found)} in place of ${JSON.stringify(live)}`;
  const { code, stdout } = await project.type("pulumi preview --expect-no-changes --color never");
  return code === 0 ? undefined : `DRIFT: a preview has changes:\n${stdout}`;
}

function withoutZeros(weights: Readonly<Record<string, number>>): object {
  return Object.fromEntries(Object.entries(weights).filter(([, weight]) => weight > 0));
}

/** How many rollouts a verb was typed in. */
function countsOf(abort: string, undo: string): Pick<WalkResult, "aborted" | "undone"> {
  const having = (verb: string): number =>
    ROLLOUTS.filter(({ lines }) => lines.some(({ typed }) => typed.includes(`mlflow-rollout ${verb} `))).length;
  return { aborted: having(abort), undone: having(undo) };
}
