import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../../driver/paths";
import type { TypedLine, UserProject } from "../../driver/userProject";
import { isMap } from "../../components/values/shape";

/** Shell steps of a pipeline by the names that it gives them. */
export type Steps = Readonly<Record<string, string>>;

/** The steps of a recipe in `templates/ci`, whatever job they are in. */
export function stepsOf(file: string): Steps {
  const found: Record<string, string> = {};
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isMap(value)) return;
    const { name, displayName, run, bash, inputs } = value;
    const script = run ?? bash ?? (isMap(inputs) ? inputs["inlineScript"] : undefined);
    const title = name ?? displayName;
    if (typeof script === "string" && typeof title === "string") found[title] = script;
    Object.values(value).forEach(visit);
  };
  visit(parse(readFileSync(join(ROOT, "templates", "ci", file), "utf8")));
  return found;
}

/** What stands in for commands that reach other services: each keeps what it was given. */
const FAKES = {
  npx: 'exec "$@"',
  gh: 'printf "%s\\n" "$@" > gh.args',
  az: 'if [ "$1" = account ]; then echo "$ARM_SUBSCRIPTION_ID"; else printf "%s\\n" "$@" > az.args; fi',
};

/** A machine that runs steps in a checkout of a project, whose repository lies beside it. */
export class Runner {
  private constructor(
    private readonly project: UserProject,
    private readonly steps: Steps,
  ) {}

  /** The same project with the steps of another recipe. */
  static of(project: UserProject, file: string): Runner {
    for (const [name, script] of Object.entries(FAKES)) {
      const path = join(project.folder, "node_modules", ".bin", name);
      writeFileSync(path, `#!/bin/sh\n${script}\n`);
      chmodSync(path, 0o755);
    }
    return new Runner(project, stepsOf(file));
  }

  /** Runs a step as GitHub and Azure Pipelines run bash. */
  run(name: string, env: Readonly<Record<string, string>> = {}): Promise<TypedLine> {
    const script = this.steps[name];
    if (script === undefined) throw new Error(`there is no step ${name}`);
    this.project.write(join("node_modules", "step.sh"), script);
    const variables = Object.entries({ STACK: "dev", BUILD_SOURCEBRANCHNAME: "main", ...env });
    const assigned = variables.map(([key, value]) => `${key}='${value.replaceAll("'", "'\\''")}'`);
    return this.project.type(`env ${assigned.join(" ")} bash --noprofile --norc -eo pipefail node_modules/step.sh`);
  }
}
