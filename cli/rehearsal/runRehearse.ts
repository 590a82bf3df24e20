import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { formatViolations } from "../../components/values/violation";
import { checkReportPath, writeReport } from "../dashboard/report";
import { loadLocalPackage } from "../local/localPackage";
import type { LocalPackage } from "../local/localPackage";
import { withPlugins } from "../local/pluginsOption";
import type { Plugins } from "../local/pluginsOption";
import { Interruption } from "../stack/interruption";
import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { rolloutChoice } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";
import { RehearsedEngine } from "./engine";
import { rehearsalEnvironment } from "./environment";
import { readFaults } from "./fault";
import { rehearsalPage } from "./page";
import { SPEED } from "./play";
import { rehearse } from "./rehearse";
import type { Rehearsed, RehearsalOptions } from "./rehearse";
import { RehearsedAzure } from "./rehearsedAzure";
import { RehearsedProject, findProject } from "./rehearsedProject";
import { exitCodeOf } from "./result";
import { endText } from "./text";

export interface RehearseRequest {
  readonly flags: RolloutFlags;
  /** Folder of the candidate's model. */
  readonly model?: string;
  readonly faults: readonly string[];
  /** `key=value`. */
  readonly config: readonly string[];
  /** In each stage. */
  readonly requests: number;
  /** File with the sample request. */
  readonly data?: string;
  /** File for the page. */
  readonly report?: string;
  readonly plugins: Plugins;
  readonly python?: string;
  readonly json: boolean;
}

/** Plays a rollout of the user's own project on a local Azure of its own, and tells how it ends. */
export async function runRehearse(request: RehearseRequest): Promise<ExitCode> {
  const started = performance.now();
  const { faults, violations } = readFaults(request.faults);
  if (violations.length > 0)
    throw new Failure(`the rehearsal cannot begin:\n${formatViolations(violations)}`, EXIT.usage);
  const report = request.report === undefined ? undefined : resolve(request.report);
  if (report !== undefined) checkReportPath(report);
  const model = request.model === undefined ? undefined : modelFolder(request.model);
  const print = (text: string): void => void (request.json ? process.stderr : process.stdout).write(`${text}\n`);
  const { requests, data } = request;
  const rehearsed = await onLocalAzure(request, (world) =>
    rehearse({ ...world, model, data, faults, requests, say: print }),
  );
  const result = { ...rehearsed.result, seconds: Math.round((performance.now() - started) / 100) / 10 };
  print(`\n${endText(result)}`);
  if (report !== undefined) {
    writeReport(report, rehearsalPage({ ...rehearsed, result, writtenAt: Date.now() }));
    print(`report  ${report}`);
  }
  if (request.json) console.log(JSON.stringify(result));
  return exitCodeOf(result);
}

type World = Pick<RehearsalOptions, "engine" | "azure" | "programFolder">;

/** Sets all up that a rehearsal writes to, and clears it away. */
async function onLocalAzure(
  { flags, config, plugins, python }: RehearseRequest,
  work: (world: World) => Promise<Rehearsed>,
): Promise<Rehearsed> {
  const { cwd, stack, component } = rolloutChoice(flags);
  const user = findProject(cwd, stack);
  const local = await loadLocalPackage();
  const engine = await local.findEngine(withPlugins(plugins), cwd);
  if (engine === undefined)
    throw new Failure('there is no Pulumi engine yet; run "npx mlflow-rollout engine"', EXIT.usage);
  const project = RehearsedProject.make(user, config);
  const interruption = new Interruption("rehearse");
  try {
    const azure = await startAzure(local, python);
    try {
      const env = rehearsalEnvironment(process.env, azure.env, engine.env, {
        PULUMI_BACKEND_URL: project.backendUrl,
        PULUMI_CONFIG_PASSPHRASE: "rehearsal",
        AZURE_CONFIG_DIR: project.azureCliFolder,
      });
      const about = { name: user.name, stack: user.stack, component };
      const { signal } = interruption;
      return await work({
        engine: new RehearsedEngine(project, about, env, signal),
        azure,
        programFolder: user.programFolder,
      });
    } finally {
      await azure.close();
    }
  } finally {
    interruption.stop();
    project.close();
  }
}

async function startAzure(local: LocalPackage, python: string | undefined): Promise<RehearsedAzure> {
  const azure = await local.startLocalAzure({ speed: SPEED.first, ...(python !== undefined && { python }) });
  return new RehearsedAzure(local, new local.LocalAzureClient(azure));
}

/** @throws Failure when MLflow has saved no model there */
function modelFolder(typed: string): string {
  const folder = resolve(typed);
  if (existsSync(join(folder, "MLmodel"))) return folder;
  const what = existsSync(folder) ? "has no MLmodel; give the folder that MLflow saved" : "no such folder";
  throw new Failure(`--model ${typed}: ${what}`, EXIT.usage);
}
