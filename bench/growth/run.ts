import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchOrder, Measurements } from "../common/part";
import { DIMENSIONS, FEWEST_FILES, shapeOf } from "./dimensions";
import type { Dimension } from "./dimensions";
import { GrowingProject, writeModel } from "./growingProject";
import { growthOf } from "./growth";
import type { GrownDimension } from "./growth";

/** The counts do not change from round to round, and there are many stacks. */
const MOST_ROUNDS = 3;

type GrowthOrder = Pick<BenchOrder, "rounds" | "tell">;

/** What a stack takes as it grows, in one way after the other. */
export async function benchGrowth(order: GrowthOrder): Promise<Measurements> {
  const dimensions: GrownDimension[] = [];
  for (const dimension of DIMENSIONS) dimensions.push(await grow(dimension, order));
  return growthOf(dimensions);
}

/** All sizes of a dimension in turns, so that what else the machine does weighs on all of them. */
async function grow(dimension: Dimension, { rounds, tell }: GrowthOrder): Promise<GrownDimension> {
  const { by, sizes, files } = dimension;
  const models = mkdtempSync(join(tmpdir(), "bench-growth-"));
  const projects: GrowingProject[] = [];
  try {
    for (const size of sizes) {
      tell(`${size} ${by}: up`);
      const model = join(models, String(size));
      writeModel(model, files?.(size) ?? FEWEST_FILES);
      projects.push(await GrowingProject.open(size, shapeOf(dimension, size, model)));
    }
    const most = Math.min(rounds, MOST_ROUNDS);
    for (let round = 1; round <= most; round += 1) {
      tell(`${by}: round ${round} of ${most}`);
      for (const project of projects) await project.measure();
    }
    return { by, grown: projects.map((project) => project.measured()) };
  } finally {
    for (const project of projects) await project.close();
    rmSync(models, { recursive: true, force: true });
  }
}
