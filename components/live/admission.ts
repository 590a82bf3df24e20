import { AsyncResource } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { formatViolations } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import { pathBelow } from "./componentPath";
import { Lookups } from "./lookups";
import { invokerOf } from "./sdkInternals";
import { settledInputs } from "./settledInputs";

/**
 * Decides whether a component may declare anything, before the engine knows it: its arguments hold, every input that
 * comes from elsewhere could be had, and so could all that it looks up. The verdict is an input of the component, so that
 * a refusal gives the component a change and its hook runs; no child is registered before its component is. The engine
 * then ends the run with one message and deletes nothing, even when the program catches the error of the constructor.
 */
export class Admission<Args extends object> {
  /** The arguments with nothing in them that rejects. */
  readonly args: Args;
  /** Options for the component: those of the user, with the hook that refuses. */
  readonly options: pulumi.ComponentResourceOptions;
  readonly lookups = new Lookups();
  private readonly problems: readonly Promise<Violation | undefined>[];
  private refusal: string | undefined;
  private declared: () => void = () => undefined;
  private readonly isDeclared = new Promise<void>((resolve) => (this.declared = resolve));
  /** Why the component is refused; undefined when it is not. */
  readonly verdict: Promise<string | undefined>;

  /** @param name - name of the component */
  constructor(name: string, args: Args, options: pulumi.ComponentResourceOptions = {}) {
    const inputs = settledInputs(args);
    const dependsOn = settledInputs({ dependsOn: options.dependsOn });
    this.args = inputs.value;
    this.problems = [...inputs.problems, ...dependsOn.problems];
    this.verdict = this.decide();
    const refuse = async (): Promise<void> => this.require();
    const hook = new pulumi.ResourceHook(hookName(name, options), AsyncResource.bind(refuse), { onDryRun: true });
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

  /** All lookups are asked from here on. */
  close(): void {
    this.declared();
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
      return `inputs that cannot be had, nothing was written:\n${formatViolations(problems)}`;
    }
    await this.isDeclared;
    if (this.refusal !== undefined) return this.refusal;
    await this.lookups.settled();
    return this.lookups.problem();
  }
}

/** Names of hooks that the engine of a run has, by its connection; one that is used twice hangs it. */
const taken = new WeakMap<object, Set<string>>();

/** The name is shown with a refusal. The component has no place yet; a transform can give two of them the same one. */
function hookName(name: string, { parent }: pulumi.ComponentResourceOptions): string {
  const engine = invokerOf() ?? taken;
  const names = taken.get(engine) ?? new Set();
  taken.set(engine, names);
  const path = `${pathBelow(name, parent)}:arguments`;
  const own = names.has(path) ? `${path}:${randomUUID()}` : path;
  names.add(own);
  return own;
}
