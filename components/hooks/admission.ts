import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { formatViolations } from "../values/violation";
import type { Violation } from "../values/violation";
import { claimPath } from "../pulumi/componentIdentity";
import { deferred } from "../pulumi/later";
import { hookInputs } from "./hookInputs";
import type { HookInputs } from "./hookInputs";
import { Lookups } from "../azure/lookups";
import { settledInputs } from "../pulumi/settledInputs";

/**
 * Decides whether a component may declare anything, before the engine knows it: its arguments are valid, and every
 * input and lookup resolved. The verdict is an input of the component, so a refusal is a change of the component and
 * its hook runs; no child is registered before its component is. The engine then ends the run with one message and
 * deletes nothing, even when the program catches the error of the constructor.
 */
export class Admission<Args extends object> {
  /** The arguments without rejecting outputs or promises. */
  readonly args: Args;
  /** Prefix of the component's hook names, unique in the run. */
  readonly path: string;
  /** The user's options for the component, plus the hook that refuses. */
  readonly options: pulumi.ComponentResourceOptions;
  readonly lookups = new Lookups();
  private readonly problems: readonly Promise<Violation | undefined>[];
  private refusal: string | undefined;
  private check: ((inputs: HookInputs) => Promise<void>) | undefined;
  private readonly declared = deferred<true>();
  /** Why the component is refused; undefined when it is not. */
  readonly verdict: Promise<string | undefined>;

  /** @param name - name of the component */
  constructor(name: string, args: Args, options: pulumi.ComponentResourceOptions = {}) {
    const inputs = settledInputs(args);
    const dependsOn = settledInputs({ dependsOn: options.dependsOn });
    this.args = inputs.value;
    this.problems = [...inputs.problems, ...dependsOn.problems];
    this.verdict = this.decide();
    const refuse = async (hooked: pulumi.ResourceHookArgs): Promise<void> => {
      await this.require();
      await this.check?.(await hookInputs(hooked));
    };
    this.path = claimPath(name, options.parent);
    const hook = new pulumi.ResourceHook(`${this.path}:arguments`, AsyncResource.bind(refuse), { onDryRun: true });
    this.options = pulumi.mergeOptions(
      { ...options, ...(options.dependsOn !== undefined && dependsOn.value) },
      { hooks: { beforeCreate: [hook], beforeUpdate: [hook] } },
    );
  }

  /** Refuses the component. */
  refuse(message: string): void {
    this.refusal = message;
    this.close();
  }

  /** Adds a check of the component's previous inputs that runs before its children. */
  alsoAsk(check: (inputs: HookInputs) => Promise<void>): void {
    this.check = check;
  }

  /** From here on all lookups are registered. */
  close(): void {
    this.declared.resolve(true);
  }

  /** For hooks: waits for the verdict. @throws Error when the component is refused */
  async require(): Promise<void> {
    const refusal = await this.verdict;
    if (refusal !== undefined) throw new Error(refusal);
    this.lookups.requireAnswers();
  }

  private async decide(): Promise<string | undefined> {
    const problems = (await Promise.all(this.problems)).filter((problem) => problem !== undefined);
    if (problems.length > 0 && this.refusal === undefined) {
      return `inputs that cannot be read, nothing was written:\n${formatViolations(problems)}`;
    }
    await this.declared.promise;
    if (this.refusal !== undefined) return this.refusal;
    await this.lookups.settled();
    return this.lookups.problem();
  }
}
