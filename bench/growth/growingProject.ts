import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TraceEntry } from "azure-mlflow-rollout-local";
import { MODELS } from "../../driver/paths";
import { armRequests, startBenchAzure } from "../common/azure";
import type { BenchAzure } from "../common/azure";
import { PEAK_MEMORY, peakMegabytes } from "../common/peakMemory";
import { ProgramMeter } from "../common/programMeter";
import { BenchProject } from "../common/project";
import { firstWeight } from "./dimensions";
import type { GrowthShape } from "./dimensions";
import type { Grown } from "./growth";

/** A project whose stack has a shape, up and without weight on the candidate, and what was measured of it. */
export class GrowingProject {
  private readonly seconds = { preview: Infinity, step: Infinity };
  private requests = 0;
  private stepRequests = 0;

  private constructor(
    /** How much there is of what grows. */
    readonly count: number,
    private readonly shape: GrowthShape,
    private readonly project: BenchProject,
    private readonly world: BenchAzure,
    private readonly meter: ProgramMeter,
  ) {}

  /** In a local Azure of its own, so that none is slower for what others have left there. */
  static async open(count: number, shape: GrowthShape): Promise<GrowingProject> {
    const world = await startBenchAzure();
    const meter = new ProgramMeter(PEAK_MEMORY);
    const env = { ...world.env, ...meter.env };
    const project = await BenchProject.make("growth", env, { shape, candidateTraffic: 0 });
    const grown = new GrowingProject(count, shape, project, world, meter);
    try {
      await project.up();
    } catch (error) {
      await grown.close();
      throw error;
    }
    meter.clear();
    return grown;
  }

  /** Measures once more: of times the least counts, since what else the machine does only adds to them. */
  async measure(): Promise<void> {
    const { seconds, project } = this;
    this.requests = await this.requestsOf(async () => {
      seconds.preview = Math.min(seconds.preview, await project.preview());
    });
    this.stepRequests = await this.requestsOf(async () => {
      seconds.step = Math.min(seconds.step, await this.weigh(firstWeight(this.shape)));
    });
    await this.weigh(0);
  }

  measured(): Grown {
    const { count, seconds, requests, stepRequests } = this;
    const megabytes = Math.max(...peakMegabytes(this.meter.read()));
    return { count, seconds, requests, stepRequests, megabytes, stateBytes: this.project.stateBytes() };
  }

  async close(): Promise<void> {
    this.project.close();
    this.meter.close();
    await this.world.azure.close();
  }

  private weigh(candidate: number): Promise<number> {
    return this.project.up("-c", `candidateTraffic=${candidate}`);
  }

  private async requestsOf(work: () => Promise<void>): Promise<number> {
    return (await armRequests(this.world.azure, work)).filter(isCounted).length;
  }
}

/** How often an operation is looked at depends on the machine. */
function isCounted({ path, via }: TraceEntry): boolean {
  return via === undefined && !/\/(operationStatuses|mfeOperationsStatus)\//i.test(path);
}

/** A model of the example with so many files in all. */
export function writeModel(folder: string, files: number): void {
  mkdirSync(join(folder, "artifacts"), { recursive: true });
  const source = join(MODELS, "blue");
  const own = readdirSync(source);
  for (const name of own) copyFileSync(join(source, name), join(folder, name));
  for (let index = own.length; index < files; index += 1)
    writeFileSync(join(folder, "artifacts", `${index}.txt`), `artifact ${index}\n`);
}
