import type { Observation } from "./observation";
import { lastLines } from "./observation";
import type { PulumiProject } from "./pulumi";
import { differencesIn } from "./report";
import type { StepReport } from "./report";
import type { ReportFile } from "./reportFile";
import type { ObservedEndpoint } from "./observedEndpoint";
import { shownCommand } from "./steps";
import type { WalkStep } from "./steps";

const BEAT_MS = 60_000;

/** Prints progress. */
export type PrintLine = (line: string) => void;

/** Takes the steps of a walk, each into the report. */
export class Walk {
  constructor(
    private readonly project: PulumiProject,
    /** The endpoint, once it exists. */
    private readonly scene: () => Promise<ObservedEndpoint>,
    private readonly file: ReportFile,
    private readonly tell: PrintLine,
  ) {}

  /** @returns whether the walk can continue: false when a command failed unexpectedly */
  async take(step: WalkStep): Promise<boolean> {
    this.tell(`\n${step.name}`);
    const started = performance.now();
    const beat = setInterval(() => this.tell(`   ${minutesSince(started)} min, Azure is at work`), BEAT_MS);
    try {
      const { observations, goesOn } = await this.observe(step);
      const differences = differencesIn(observations);
      const result = goesOn ? (differences.length === 0 ? "as expected" : "differs") : "failed";
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      const { id, name } = step;
      const taken: StepReport = { id, name, commands: step.commands.map(shownCommand), seconds, result };
      const { report } = this.file;
      this.file.add({
        steps: [...report.steps, taken],
        differences: [...report.differences, ...differences],
        ...(goesOn && { requests: (await this.scene()).requests }),
      });
      for (const difference of differences) this.tell(`   DIFFERS ${difference.id}: ${difference.seen}`);
      this.tell(`   ${result}, ${seconds} s`);
      return goesOn;
    } finally {
      clearInterval(beat);
    }
  }

  private async observe(step: WalkStep): Promise<{ observations: readonly Observation[]; goesOn: boolean }> {
    const before = step.before === undefined ? [] : await step.before(await this.scene());
    const ends: Observation[] = [];
    let printed = "";
    for (const [index, command] of step.commands.entries()) {
      this.tell(`   $ ${shownCommand(command)}`);
      const { code, text } = await this.project.type(...command);
      printed = text;
      const mustFail = step.fails === true && index === step.commands.length - 1;
      if ((code !== 0) === mustFail) continue;
      const expected = `${shownCommand(command)} ends ${mustFail ? "with an error" : "well"}`;
      ends.push({ id: step.id, expected, seen: `it ends with ${code}:\n${lastLines(text)}` });
      if (!mustFail && step.reads !== true) return { observations: [...before, ...ends], goesOn: false };
    }
    return { observations: [...before, ...ends, ...(await step.after(await this.scene(), printed))], goesOn: true };
  }
}

function minutesSince(started: number): number {
  return Math.round((performance.now() - started) / 60_000);
}
