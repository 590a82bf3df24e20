import { spawnSync } from "node:child_process";
import { COMMAND, ROOT } from "../driver/paths";
import { startBenchAzure } from "./common/azure";
import { figureOf, sampleOf } from "./common/figure";
import type { Figure } from "./common/figure";
import { PEAK_MEMORY, peakMegabytes } from "./common/peakMemory";
import { ProgramMeter } from "./common/programMeter";
import type { BenchOrder } from "./common/part";
import { BenchProject } from "./common/project";
import { expertConfig, ourConfig } from "./step/config";

const HELP_SECONDS = 0.3;

/** What importing the package takes, what the command takes to say what it can do, and the memory of a program. */
export async function benchProgram(order: BenchOrder): Promise<readonly Figure[]> {
  const { rounds, tell } = order;
  tell("import and --help");
  const times: Record<"ours" | "sdk" | "help", number[]> = { ours: [], sdk: [], help: [] };
  for (let round = 0; round < 3 * rounds; round += 1) {
    times.ours.push(node("-e", 'require("azure-mlflow-rollout")'));
    times.sdk.push(node("-e", 'require("@pulumi/pulumi")'));
    times.help.push(node(COMMAND, "--help"));
  }
  const memory = await programMemory(order);
  return [
    figureOf({
      figure: "import of the package",
      ours: sampleOf(times.ours),
      against: sampleOf(times.sdk),
      rival: "@pulumi/pulumi alone",
      unit: "s",
      limit: { most: 1.1 },
    }),
    figureOf({
      figure: "mlflow-rollout --help",
      ours: sampleOf(times.help),
      against: HELP_SECONDS,
      rival: "what is wanted",
      unit: "s",
      limit: { most: 1 },
    }),
    figureOf({
      figure: "memory of the program in a step, at its peak",
      ours: sampleOf(memory.ours),
      against: sampleOf(memory.expert),
      rival: "an expert's azure-native program",
      unit: "MB",
      limit: { most: 1.1 },
    }),
  ];
}

function node(...args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed:\n${stderr}`);
  return (performance.now() - started) / 1000;
}

async function programMemory({ rounds, tell }: BenchOrder): Promise<Record<"ours" | "expert", readonly number[]>> {
  const meter = new ProgramMeter(PEAK_MEMORY);
  const world = await startBenchAzure();
  const env = { ...world.env, ...meter.env };
  const projects: BenchProject[] = [];
  try {
    const measured = async (name: "ours" | "expert", config: Readonly<Record<string, unknown>>) => {
      const project = await BenchProject.make(name, env, config);
      projects.push(project);
      await project.up();
      meter.clear();
      for (let round = 0; round < rounds; round += 1) await project.up("-c", `round=${round}`);
      return peakMegabytes(meter.read());
    };
    tell("memory of our program");
    const ours = await measured("ours", ourConfig());
    tell("memory of the expert's");
    return { ours, expert: await measured("expert", expertConfig(world)) };
  } finally {
    for (const project of projects) project.close();
    await world.azure.close();
    meter.close();
  }
}
