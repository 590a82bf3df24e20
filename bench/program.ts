import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { COMMAND, ROOT } from "../driver/paths";
import { startBenchAzure } from "./common/azure";
import { figureOf, sampleOf } from "./common/figure";
import type { Figure } from "./common/figure";
import type { BenchOrder } from "./common/part";
import { BenchProject } from "./common/project";
import { expertConfig, ourConfig } from "./step/config";

const HELP_SECONDS = 0.3;
const MB = 1024;
/** Writes the peak memory of the process that runs a program, in kB, when it ends. */
const METER = `
if (process.argv.some((each) => /pulumi[\\\\/](bin[\\\\/])?cmd[\\\\/]run/.test(each)))
  process.on("exit", () => require("node:fs").appendFileSync(process.env.BENCH_MEMORY, process.resourceUsage().maxRSS + "\\n"));
`;

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
  const folder = mkdtempSync(join(tmpdir(), "bench-memory-"));
  const [meter, log] = [join(folder, "meter.cjs"), join(folder, "memory")];
  writeFileSync(meter, METER);
  const world = await startBenchAzure();
  const env = { ...world.env, NODE_OPTIONS: `--require ${meter}`, BENCH_MEMORY: log };
  const projects: BenchProject[] = [];
  try {
    const measured = async (name: "ours" | "expert", config: Readonly<Record<string, unknown>>) => {
      const project = await BenchProject.make(name, env, config);
      projects.push(project);
      await project.up();
      writeFileSync(log, "");
      for (let round = 0; round < rounds; round += 1) await project.up("-c", `round=${round}`);
      return readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .map((line) => Number(line) / MB);
    };
    tell("memory of our program");
    const ours = await measured("ours", ourConfig());
    tell("memory of the expert's");
    return { ours, expert: await measured("expert", expertConfig(world)) };
  } finally {
    for (const project of projects) project.close();
    await world.azure.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
