import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import type { Engine, LocalAzure } from "azure-mlflow-rollout-local";
import { endingOf } from "../terminal/ending";
import { withExamples } from "../terminal/examples";
import { shellPath } from "../terminal/text";
import { loadLocalPackage } from "../local/localPackage";
import { describeEnd, describeState, requestLines } from "../local/localState";
import type { LogFormat } from "../local/localState";
import { pluginsOption, withPlugins } from "../local/pluginsOption";
import type { Plugins } from "../local/pluginsOption";

interface LocalFlags {
  readonly port: number;
  readonly data?: string;
  readonly speed: number;
  readonly retryAfter?: number | "none";
  readonly python?: string;
  readonly plugins: Plugins;
  readonly json?: true;
  readonly log?: LogFormat;
  readonly verbose?: true;
}

export function addLocalCommand(program: Command): void {
  const command = program
    .command("local")
    .summary("start a local Azure ML")
    .description("Start a local Azure ML on the loopback interface; Ctrl+C stops it.")
    .option("--port <number>", "port to listen on; 0 takes any free one", wholeNumber(0, 65_535), 0)
    .option("--data <folder>", "folder that keeps its state and Pulumi's (default: both are lost when it stops)")
    .option("--speed <factor>", "virtual seconds in one real second; at 1 a deployment takes 9 minutes", positive, 1)
    .option(
      "--retry-after <seconds>",
      "Retry-After of long-running operations, or none (default: as Azure sends it)",
      waiting,
    )
    .option("--python <path>", "Python with mlflow, for models without an ONNX flavour (default: the first one found)")
    .addOption(pluginsOption())
    .option("--json", "print one line of JSON when it is ready")
    .addOption(new Option("--log <format>", "log each request on stderr, one line each").choices(["json", "text"]))
    .option("--verbose", "log headers and bodies too, without secrets")
    .action(serve);
  withExamples(command, [
    ["mlflow-rollout local --speed 600 --data .local-azure", "a deployment takes a second, and everything is kept"],
    ["source .local-azure/env.sh", "in another terminal: pulumi and this command talk to it"],
    ["mlflow-rollout local --log text", "print each request"],
  ]);
}

async function serve(flags: LocalFlags): Promise<void> {
  const { findEngine, startLocalAzure } = await loadLocalPackage();
  const { log, verbose = false } = flags;
  const format = log ?? (verbose ? "text" : undefined);
  const found = findEngine(withPlugins(flags.plugins)).catch((error: unknown) => {
    // Without an engine the server is of use all the same.
    if (flags.plugins === "real") throw error;
    return undefined;
  });
  const azure = await startLocalAzure({
    port: flags.port,
    speed: flags.speed,
    ...(flags.data !== undefined && { dataDirectory: flags.data }),
    ...(flags.retryAfter !== undefined && { retryAfter: flags.retryAfter }),
    ...(flags.python !== undefined && { python: flags.python }),
    ...(format !== undefined && {
      onRequest: (entry) => void process.stderr.write(`${requestLines(entry, format, verbose)}\n`),
    }),
  });
  const engine = await found.catch(async (error: unknown) => {
    await azure.close();
    throw error;
  });
  const place = {
    data: flags.data === undefined ? undefined : resolve(flags.data),
    backend: process.env["PULUMI_BACKEND_URL"],
  };
  const farewell = flags.json === true ? undefined : describeEnd(place);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop(azure, farewell));
  const env = { ...azure.env, ...engine?.env, ...rehearsalState(join(dirname(azure.ca), "pulumi-state")) };
  if (flags.json === true) {
    const { url, ca, subscriptionId, tenantId, clientId, clientSecret } = azure;
    console.log(JSON.stringify({ url, ca, subscriptionId, tenantId, clientId, clientSecret, env }));
    return;
  }
  const script = join(dirname(azure.ca), "env.sh");
  writeFileSync(script, exportLines(env), { mode: 0o600 });
  console.log(`local Azure ML  ${azure.url}`);
  console.log(`certificate     ${azure.ca}`);
  console.log(`subscription    ${azure.subscriptionId}`);
  console.log(`state           ${describeState(place)}`);
  console.log(`engine          ${describeEngine(engine)}`);
  if (engine?.plugins === "stand-in")
    console.log("polling         fast (LOCAL_PULUMI_POLLING): the stand-ins poll at once, azure-native every 10 s");
  console.log(
    `\nIn another terminal, in the project:\n\n  source ${shellPath(script)}\n  pulumi up\n\nCtrl+C stops it.`,
  );
}

function describeEngine(engine: Engine | undefined): string {
  if (engine === undefined) return "none yet; run: npx mlflow-rollout engine";
  return `${engine.cli.path}, ${engine.plugins} plugins`;
}

async function stop(azure: LocalAzure, farewell: string | undefined): Promise<never> {
  try {
    await azure.close();
    if (farewell !== undefined) console.log(farewell);
    process.exit(0);
  } catch (error) {
    const { exitCode, message = "" } = endingOf(error);
    process.stderr.write(`${message}\n`);
    process.exit(exitCode);
  }
}

/** A backend of its own, so that a rehearsal never enters the user's real state; what the user has set is kept. */
function rehearsalState(folder: string): Record<string, string> {
  const {
    PULUMI_BACKEND_URL: backend,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_CONFIG_PASSPHRASE_FILE: file,
  } = process.env;
  if (backend === undefined) mkdirSync(folder, { recursive: true });
  return {
    PULUMI_BACKEND_URL: backend ?? `file://${folder}`,
    ...(file === undefined && { PULUMI_CONFIG_PASSPHRASE: passphrase ?? "" }),
  };
}

function exportLines(env: Readonly<Record<string, string>>): string {
  const lines = Object.entries(env).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`);
  return lines.join("");
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`it must be a whole number from ${min} to ${max}`);
  };
}

function waiting(text: string): number | "none" {
  return text === "none" ? text : wholeNumber(0, 3600)(text);
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("it must be a number above 0");
}
