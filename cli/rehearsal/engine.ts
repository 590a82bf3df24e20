import { parseRollout } from "../../components/config/rolloutValues";
import type { RolloutValues } from "../../components/config/rolloutValues";
import { nameOf } from "../stack/exportedStack";
import { namespaceOf } from "../stack/namespace";
import { COMPONENT_TYPE, openRollout } from "../stack/openRollout";
import type { OpenRollout } from "../stack/openRollout";
import { previewAsFar } from "../stack/previewedStack";
import type { PlannedStep } from "../stack/previewedStack";
import { Pulumi } from "../stack/pulumi";
import { StackFile } from "../stack/stackFile";
import type { ConfigEdit } from "../stack/stackFile";
import type { StackPlace } from "../stack/stackPlace";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { verdictLines } from "../verbs/plannedUpdate";
import { runUpdate } from "../verbs/update";
import { existingParts } from "./existing";
import type { ExistingParts } from "./existing";
import { foreignResources } from "./foreign";
import { outcomeOf } from "./outcome";
import type { Outcome } from "./outcome";
import type { RehearsedProject } from "./rehearsedProject";

export interface RehearsedUpdate {
  readonly outcome: Outcome;
  readonly verdicts: readonly string[];
}

/** The engine that runs the user's program in a rehearsal's own backend. */
export class RehearsedEngine {
  private readonly place: StackPlace;
  private namespace: string;

  constructor(
    private readonly project: RehearsedProject,
    private readonly about: { readonly name: string; readonly stack: string; readonly component: string | undefined },
    private readonly env: Readonly<Record<string, string>>,
    private readonly signal: AbortSignal,
  ) {
    const { name, stack } = about;
    this.namespace = name;
    this.place = { name: stack, fullName: `organization/${name}/${stack}`, backendUrl: project.backendUrl };
  }

  get stack(): string {
    return this.place.fullName;
  }

  async init(): Promise<void> {
    await this.pulumi().must(["stack", "init", this.place.fullName, "--non-interactive"]);
  }

  /**
   * Looks at what the program declares: where its rollout is in config, and whether all of it has a place in a local Azure.
   * What it expects to be there is made first.
   *
   * @throws Failure when the preview fails, or there are resources of other clouds
   */
  async look(make: (parts: ExistingParts) => Promise<void>): Promise<void> {
    const { fullName } = this.place;
    let { steps, failure } = await previewAsFar(this.pulumi(), fullName);
    const location = this.file().config("azure-native")["location"];
    const parts = existingParts(steps, this.componentIn(steps)?.newState?.inputs, location);
    if (parts !== undefined) {
      await make(parts);
      ({ steps, failure } = await previewAsFar(this.pulumi(), fullName));
    }
    const foreign = foreignResources(steps);
    if (foreign.length > 0)
      throw new Failure(
        `the program has resources that a local Azure has no place for, and nothing was started:\n${foreign.map((each) => `  - ${each}`).join("\n")}\n` +
          "leave them out for a rehearsal, such as by a config key that the program reads and --config sets",
        EXIT.refused,
      );
    if (failure !== undefined) throw new Failure(`the preview of the program fails:\n${failure}`, EXIT.refused);
    const component = this.componentIn(steps);
    const inputs = component?.newState?.inputs ?? {};
    const clues = component && { name: nameOf(component), inputs, outputs: {} };
    this.namespace = namespaceOf({ component: clues, file: this.file(), project: this.about.name });
  }

  /** What config declares of the rollout, and its key `candidate`. */
  declared(): { readonly values: RolloutValues; readonly candidate: string | undefined } {
    const config = this.file().config(this.namespace);
    return { values: parseRollout((key) => config[key]).values, candidate: config["candidate"] };
  }

  /**
   * Changes stack config and runs an update; what is not done leaves config as it was.
   *
   * @param now - virtual time, milliseconds since 1970
   */
  async update(edits: readonly ConfigEdit[], now: number): Promise<RehearsedUpdate> {
    const file = this.file();
    const text = file.edited(this.namespace, edits);
    file.write(text);
    const lines: string[] = [];
    const result = await runUpdate(this.pulumi({ MLFLOW_ROLLOUT_NOW: new Date(now).toISOString() }), {
      stack: this.place.fullName,
      message: "rehearsal",
      say: (line) => void lines.push(line),
    });
    this.signal.throwIfAborted();
    const outcome = outcomeOf(result);
    if (outcome.kind !== "done") file.restore(text);
    return { outcome, verdicts: verdictLines(lines) };
  }

  /** The rollout as it is now. */
  open(): Promise<OpenRollout> {
    const { component } = this.about;
    const choice = { cwd: this.project.folder, ...(component !== undefined && { component }) };
    return openRollout(choice, this.signal, { pulumi: this.pulumi(), place: this.place });
  }

  private componentIn(steps: readonly PlannedStep[]): PlannedStep | undefined {
    const { component } = this.about;
    return steps.find(
      ({ urn, newState }) => newState?.type === COMPONENT_TYPE && (component ?? nameOf({ urn })) === nameOf({ urn }),
    );
  }

  private file(): StackFile {
    return StackFile.read(this.project.folder, this.about.name, this.about.stack);
  }

  private pulumi(more: Readonly<Record<string, string>> = {}): Pulumi {
    return new Pulumi(this.project.folder, { ...this.env, ...more }, this.signal);
  }
}
