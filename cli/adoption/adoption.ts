import { createInterface } from "node:readline/promises";
import { deploymentProperties } from "../../components/resources/deploymentProperties";
import { formatViolations } from "../../components/values/violation";
import { formatTraffic } from "../../components/rollout/weights";
import { keepState } from "../stack/backup";
import { nameOf, resourcesOf, textIn } from "../stack/exportedStack";
import type { ExportedStack, Values } from "../stack/exportedStack";
import { Pulumi } from "../stack/pulumi";
import { findStack } from "../stack/stackPlace";
import type { StackPlace } from "../stack/stackPlace";
import { adoptedState } from "./adoptedState";
import type { StateAddition } from "./adoptedState";
import { declarationOf } from "./declaration";
import type { Declaration } from "./declaration";
import { differencesOf } from "./differences";
import type { EndpointId } from "./endpointId";
import { isInState, plannedEndpoint } from "./plannedEndpoint";
import type { PlannedEndpoint } from "./plannedEndpoint";
import { previewStack } from "../stack/previewedStack";
import { readService } from "./readService";
import { refusalsOf } from "./refusals";
import { liveOf, ownerOfService } from "./service";
import type { Service } from "./service";
import { undeclaredSettings } from "./settings";
import { readSettings } from "../stack/stackSettings";
import { configText, programText } from "./texts";
import { isSameName } from "../../components/values/sameName";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";

export interface AdoptionOptions {
  readonly cwd: string;
  readonly stack?: string;
  readonly endpointId: EndpointId;
  /** Whether to ask the user before writing the state. */
  readonly asks: boolean;
  /** A dry run: nothing is written. */
  readonly dryRun: boolean;
  readonly output: "stdout" | "stderr";
}

/** What `mlflow-rollout adopt --json` prints. */
export interface AdoptionResult {
  readonly stack: string;
  readonly endpointId: string;
  readonly program: string;
  readonly config: string;
  /** Settings of the service that the program does not declare. */
  readonly warnings: readonly string[];
  /** What is added to the state; empty until the program declares the endpoint. */
  readonly resources: readonly { readonly urn: string; readonly type: string; readonly id?: string }[];
  /** Whether the state was written. */
  readonly adopted: boolean;
  /** Where the previous state was saved. */
  readonly backup?: string;
  readonly exitCode: number;
}

/** Brings a serving endpoint under the component by editing the state alone; Azure is only read. */
export class Adoption {
  private readonly pulumi: Pulumi;

  constructor(private readonly options: AdoptionOptions) {
    this.pulumi = new Pulumi(options.cwd);
  }

  /** @throws Failure when the endpoint cannot be adopted, or the program declares something other than what exists */
  async run(): Promise<AdoptionResult> {
    const { cwd, endpointId, dryRun } = this.options;
    const place = await findStack(this.pulumi, cwd, this.options.stack, (line) => this.say(line));
    const state = await this.export(place);
    if (isInState(resourcesOf(state), endpointId))
      throw new Error(`endpoint ${endpointId.endpointName} is in the state of ${place.fullName} already`);
    const settings = await readSettings(this.pulumi, place);
    const service = await readService(endpointId, settings);
    refuse(`endpoint ${endpointId.endpointName} cannot be adopted`, refusalsOf(service));

    const declaration = declarationOf(service);
    const owner = ownerOfService(service);
    const texts = { program: programText(declaration), config: configText(declaration, settings.project, owner) };
    this.say(`endpoint ${endpointId.endpointName} serves ${formatTraffic(liveOf(service))}`);
    if (owner !== undefined)
      this.say(
        `it belongs to ${owner}: takeOver in the config takes it over with the next step; then remove it from that stack's state`,
      );
    this.say(
      `\nthe program that declares it:\n\n${texts.program}\nthe config of the stack, in Pulumi.${place.name}.yaml:\n\n${texts.config}`,
    );
    const planned = await this.plan(place);
    const warnings = undeclaredSettings(service, (name) =>
      planned === undefined ? inputsOfDeclared(declaration, name) : inputsOf(planned, name),
    );
    for (const warning of warnings) this.say(`warning ${warning}`);
    const result = { stack: place.fullName, endpointId: endpointId.text, ...texts, warnings };
    if (planned === undefined) {
      this.say(`the program in ${cwd} does not declare it yet: put both there, then run this command again`);
      return { ...result, resources: [], adopted: false, exitCode: dryRun ? 0 : 1 };
    }
    refuse("the program does not declare what is there", differencesOf(planned, service));
    return { ...result, ...(await this.adopt(place, state, planned, service)) };
  }

  /** The endpoint as the folder's program declares it; undefined, with a warning, when the program fails. */
  private async plan({ name }: StackPlace): Promise<PlannedEndpoint | undefined> {
    try {
      return plannedEndpoint(await previewStack(this.pulumi, name), this.options.endpointId);
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  private async adopt(
    place: StackPlace,
    state: ExportedStack,
    planned: PlannedEndpoint,
    service: Service,
  ): Promise<Pick<AdoptionResult, "resources" | "adopted" | "backup" | "exitCode">> {
    const { dryRun } = this.options;
    const addition = adoptedState(state, planned, service);
    const resources = addition.added.map(({ urn, type, id }) => ({ urn, type, ...(id !== undefined && { id }) }));
    this.say(`state of ${place.fullName}`);
    for (const { urn, type, id } of resources)
      this.say(`  + ${type.split(":").at(-1) ?? type}  ${nameOf({ urn })}${id === undefined ? "" : `  ${id}`}`);
    if (dryRun) return { resources, adopted: false, exitCode: 0 };
    if (!(await this.confirm())) return { resources, adopted: false, exitCode: EXIT.refused };
    const backup = keepState(place.fullName, state);
    this.say(`kept    the state as it was: ${backup}`);
    this.say(`        to put it back: pulumi stack import --stack ${place.name} --file ${backup}`);
    await this.import(place, addition.edited);
    await this.verify(place, state, addition);
    this.say(
      'adopted: "pulumi up" adds the deletion protection, which is in the state alone, and writes nothing to Azure; ' +
        "the next change of the weights is the first write",
    );
    return { resources, adopted: true, backup, exitCode: 0 };
  }

  /** Restores the previous state if the next update would change what was adopted. */
  private async verify(place: StackPlace, before: ExportedStack, { added }: StateAddition): Promise<void> {
    const urns = new Set(added.map(({ urn }) => urn));
    const problem = await previewStack(this.pulumi, place.name).then(
      (steps) => {
        const changes = steps.filter(({ urn, op }) => op !== "same" && urns.has(urn));
        return changes.map(({ op, urn }) => `  - ${op} ${nameOf({ urn })}`).join("\n");
      },
      (error: unknown) => `  ${String(error)}`,
    );
    if (problem === "") return;
    await this.import(place, before);
    throw new Error(
      `an update after this would change what is there, so the state was put back as it was:\n${problem}`,
    );
  }

  private async export({ name }: StackPlace): Promise<ExportedStack> {
    return JSON.parse(await this.pulumi.must(["stack", "export", "--stack", name])) as ExportedStack;
  }

  private async import({ name }: StackPlace, state: ExportedStack): Promise<void> {
    await this.pulumi.must(["stack", "import", "--stack", name], JSON.stringify(state));
  }

  private async confirm(): Promise<boolean> {
    if (!this.options.asks) return true;
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question("write this state? (yes/no) ");
    terminal.close();
    return /^y(es)?$/i.test(answer.trim());
  }

  private say(line: string): void {
    process[this.options.output].write(`${line}\n`);
  }
}

function refuse(what: string, violations: ReturnType<typeof refusalsOf>): void {
  if (violations.length > 0)
    throw new Failure(`${what}; nothing was written:\n${formatViolations(violations)}`, EXIT.refused);
}

/** The settings of a deployment in the printed program and config. */
function inputsOfDeclared({ deployments }: Declaration, name: string): Values | undefined {
  const args = deployments[name];
  return args && { properties: deploymentProperties(args, undefined, "Managed"), tags: args.tags ?? {} };
}

function inputsOf(planned: PlannedEndpoint, deployment: string): Values | undefined {
  const found = planned.deployments.find(({ inputs }) => isSameName(deployment, textIn(inputs, "deploymentName")));
  return found?.inputs;
}
