import { startBenchAzure } from "./common/azure";
import { sampleOf } from "./common/figure";
import type { BenchOrder, Measurements } from "./common/part";
import { BenchProject } from "./common/project";
import type { Runtime } from "./common/project";
import { ourConfig } from "./step/config";

/** How Pulumi can be told to run a program in TypeScript. */
const RUNTIMES: readonly (readonly [string, Runtime])[] = [
  ["types are checked, as `pulumi new typescript` has it", { options: { tsconfig: "tsconfig.checked.json" } }],
  ["tsx: `typescript: false`, `nodeargs: --import tsx`", { options: { typescript: false, nodeargs: "--import tsx" } }],
  ["types are only taken off, as `mlflow-rollout init` and the examples have it", {}],
  ["JavaScript, compiled before", { options: { typescript: false }, isCompiled: true }],
];

/** What the first preview of an edited program takes, by how Pulumi is to run it. */
export async function benchLoading({ rounds, tell }: BenchOrder): Promise<Measurements> {
  const world = await startBenchAzure();
  const projects: (readonly [string, BenchProject, number[]])[] = [];
  try {
    for (const [name, runtime] of RUNTIMES) {
      const project = await BenchProject.make("ours", world.env, ourConfig(), runtime);
      projects.push([name, project, []]);
      await project.up();
    }
    for (let round = 0; round < rounds; round += 1) {
      tell(`round ${round + 1} of ${rounds}`);
      for (const [, project, times] of projects) {
        project.edit(`round ${round}`);
        times.push(await project.preview());
      }
    }
    const rows = projects.map(([at, , times]) => ({ at, values: [Number(sampleOf(times).median.toPrecision(3))] }));
    return {
      figures: [],
      series: [{ by: "how the program is run", columns: [{ name: "first preview after an edit", unit: "s" }], rows }],
    };
  } finally {
    for (const [, project] of projects) project.close();
    await world.azure.close();
  }
}
