import type { TraceEntry } from "azure-mlflow-rollout-local";
import { armRequests, startBenchAzure } from "../common/azure";
import type { BenchAzure } from "../common/azure";
import { figureOf, sampleOf } from "../common/figure";
import type { Figure } from "../common/figure";
import type { BenchOrder, Measurements } from "../common/part";
import { ProgramMeter } from "../common/programMeter";
import { BenchProject } from "../common/project";
import { expertConfig, expertWeights, ourConfig } from "./config";
import { firstUpFigures } from "./firstUp";
import { MOMENTS, momentSeries } from "./moments";
import type { ProgramMoments, StepMoments } from "./moments";

const WEIGHTS = [20, 30, 40, 50, 60, 70, 80, 90];

/** The figures of a first rollout step and of every later one, beside an expert's program and an empty one. */
export async function benchStep({ rounds, tell }: BenchOrder): Promise<Measurements> {
  const meter = new ProgramMeter(MOMENTS);
  const world = await startBenchAzure();
  const projects: BenchProject[] = [];
  const open = async (name: string, config: Readonly<Record<string, unknown>>): Promise<BenchProject> => {
    const project = await BenchProject.make(name, { ...world.env, ...meter.env }, config);
    projects.push(project);
    return project;
  };
  try {
    const ours = await open("ours", ourConfig());
    const expert = await open("expert", expertConfig(world));
    const empty = await open("empty", {});
    const firstUp = await firstUpFigures({ rounds, tell }, world);
    await ours.up();
    await expert.up();
    await expert.up(...expertWeights(10));
    await empty.up();
    const steps = await measureSteps({ ours, expert, empty }, rounds, { world, meter }, tell);
    const figures = [
      figureOf({
        figure: "weight step, pulumi up --skip-preview",
        ours: sampleOf(steps.ours),
        against: sampleOf(steps.empty),
        rival: "an empty program",
        unit: "s",
        limit: { most: 1.9 },
      }),
      figureOf({
        figure: "weight step, pulumi up --skip-preview",
        ours: sampleOf(steps.ours),
        against: sampleOf(steps.expert),
        rival: "an expert's azure-native program",
        unit: "s",
        limit: { most: 1.05 },
      }),
      figureOf({
        figure: "weight step with its preview, promote --yes",
        ours: sampleOf(steps.promote),
        against: sampleOf(steps.previewed),
        rival: "pulumi up --yes of the same program",
        unit: "s",
        limit: { most: 1 },
      }),
      figureOf({
        figure: "abort --yes, from the command to live weights",
        ours: sampleOf(steps.abort),
        against: sampleOf(steps.live),
        rival: "a weight step by pulumi up --skip-preview",
        unit: "s",
        limit: { most: 1.1 },
      }),
      ...firstUp,
      await readsFigure(ours, world),
    ];
    return { figures, series: [momentSeries(steps.oursMoments, steps.expertMoments)] };
  } finally {
    for (const project of projects) project.close();
    await world.azure.close();
    meter.close();
  }
}

interface Projects {
  readonly ours: BenchProject;
  readonly expert: BenchProject;
  readonly empty: BenchProject;
}

/** In turns, so that what else the machine does weighs on all of them. */
async function measureSteps(
  { ours, expert, empty }: Projects,
  rounds: number,
  { world, meter }: { readonly world: BenchAzure; readonly meter: ProgramMeter },
  tell: (line: string) => void,
) {
  const times: Record<"ours" | "expert" | "empty" | "previewed" | "promote" | "abort" | "live", number[]> = {
    ours: [],
    expert: [],
    empty: [],
    previewed: [],
    promote: [],
    abort: [],
    live: [],
  };
  const moments: Record<"ours" | "expert", StepMoments[]> = { ours: [], expert: [] };
  const momentsOf = (began: number, seconds: number): StepMoments => {
    const { started, declared, ended } = JSON.parse(meter.read()) as ProgramMoments;
    const since = (time: number): number => time - performance.timeOrigin - began;
    return {
      ...{ started: since(started), declared: since(declared), ended: since(ended) },
      asked: (world.firstAskedSince(began) ?? Number.NaN) - began,
      written: world.writtenAt() - began,
      done: 1000 * seconds,
    };
  };
  for (let round = 0; round < rounds; round += 1) {
    tell(`round ${round + 1} of ${rounds}`);
    const weight = WEIGHTS[round % WEIGHTS.length] ?? 20;
    for (const [name, step] of [
      ["ours", () => ours.up("-c", `candidateTraffic=${weight}`)],
      ["expert", () => expert.up(...expertWeights(weight))],
    ] as const) {
      const began = performance.now();
      const seconds = await step();
      times[name].push(seconds);
      moments[name].push(momentsOf(began, seconds));
      if (name === "ours") times.live.push((world.writtenAt() - began) / 1000);
    }
    times.empty.push(await empty.up("-c", `step=${round}`));
    const aborted = performance.now();
    await ours.run("mlflow-rollout", "abort", "--yes");
    times.abort.push((world.writtenAt() - aborted) / 1000);
    times.promote.push(await ours.run("mlflow-rollout", "promote", "--yes"));
    times.previewed.push(
      await ours.run("pulumi", "up", "--yes", "--non-interactive", "-c", `candidateTraffic=${weight}`),
    );
  }
  return { ...times, oursMoments: moments.ours, expertMoments: moments.expert };
}

/** Reads for the step itself: those that azure-native makes of its own write, and looks at what is under way, are its own. */
async function readsFigure(ours: BenchProject, { azure }: BenchAzure): Promise<Figure> {
  const trace = await armRequests(azure, () => ours.up("-c", "candidateTraffic=95"));
  const isOwn = ({ method, path }: TraceEntry): boolean =>
    method === "GET" && !/Microsoft\.Resources\/deployments/i.test(path);
  const writes = trace.filter(({ method, via }) => method !== "GET" && via === undefined);
  if (writes.length !== 1) throw new Error(`a step made ${writes.length} writes`);
  return figureOf({
    figure: "reads of a step, beside its one write",
    ours: trace.filter(isOwn).length,
    against: 6,
    rival: "what is wanted",
    unit: "",
    limit: { most: 1 },
  });
}
