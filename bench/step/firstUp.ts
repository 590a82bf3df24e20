import type { BenchAzure } from "../common/azure";
import { figureOf, sampleOf } from "../common/figure";
import type { Figure } from "../common/figure";
import type { BenchOrder } from "../common/part";
import { BenchProject } from "../common/project";
import { expertConfig, expertWeights, ourConfig, registeredConfig } from "./config";

/**
 * From nothing to 90/10, of the same registered models, each time with a stack and an endpoint of its own. The first round is not
 * counted: a program is then read from the disk for the first time, and the local Azure loads the models.
 */
export async function firstUpFigures(
  { rounds, tell }: Pick<BenchOrder, "rounds" | "tell">,
  world: BenchAzure,
): Promise<readonly Figure[]> {
  const times: Record<"ours" | "withModels" | "expert", number[]> = { ours: [], withModels: [], expert: [] };
  for (let round = 0; round <= rounds; round += 1) {
    tell(round === 0 ? "first up, to warm up" : `first up to 90/10, ${round} of ${rounds}`);
    const measured = {
      ours: await inNewStack("ours", registeredConfig(world), world, (project) => project.up()),
      withModels: await inNewStack("ours", ourConfig(`models-${round}`), world, (project) => project.up()),
      expert: await inNewStack(
        "expert",
        expertConfig(world),
        world,
        async (project) => (await project.up()) + (await project.up(...expertWeights(10))),
      ),
    };
    if (round === 0) continue;
    for (const [name, list] of Object.entries(times)) list.push(measured[name as keyof typeof measured]);
  }
  const rival = "the expert's program in its two applies";
  const figure = "first up from nothing to 90/10";
  const against = sampleOf(times.expert);
  return [
    figureOf({ figure, ours: sampleOf(times.ours), against, rival, unit: "s", limit: { most: 0.7 } }),
    figureOf({
      figure: `${figure}, with its models`,
      ours: sampleOf(times.withModels),
      against,
      rival: `${rival}, with models that somebody has registered`,
      unit: "s",
      limit: { most: 1 },
    }),
  ];
}

async function inNewStack(
  program: string,
  config: Readonly<Record<string, unknown>>,
  { env }: BenchAzure,
  work: (project: BenchProject) => Promise<number>,
): Promise<number> {
  const project = await BenchProject.make(program, env, config);
  try {
    return await work(project);
  } finally {
    project.close();
  }
}
