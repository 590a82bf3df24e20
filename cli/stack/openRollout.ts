import { parseRollout } from "../../components/config/rolloutValues";
import type { RolloutValues } from "../../components/config/rolloutValues";
import { formatViolations } from "../../components/values/violation";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { nameOf, resourcesOf, textIn } from "./exportedStack";
import type { ExportedStack, Values } from "./exportedStack";
import { namespaceOf } from "./namespace";
import { Pulumi } from "./pulumi";
import { StackFile } from "./stackFile";
import { findStack } from "./stackPlace";
import type { StackPlace } from "./stackPlace";

/** Which rollout a command is about. */
export interface RolloutChoice {
  /** Folder of the Pulumi project. */
  readonly cwd: string;
  readonly stack?: string;
  readonly component?: string;
}

/** A component as the state of its stack has it. */
export interface RolloutComponent {
  readonly name: string;
  readonly urn: string;
  /** Its arguments of the last update. */
  readonly inputs: Values;
  readonly outputs: Values;
  /** ARM id of its endpoint; undefined while there is none. */
  readonly endpointId: string | undefined;
}

/** A stack, and the component in it that a command is about. */
export interface OpenStack {
  readonly cwd: string;
  readonly pulumi: Pulumi;
  readonly place: StackPlace;
  readonly state: ExportedStack;
  /** Undefined before the first update. */
  readonly component: RolloutComponent | undefined;
  readonly file: StackFile;
  /** Before the keys of its config and a colon; the project's own name unless the program says otherwise. */
  readonly namespace: string;
}

/** A rollout that a command looks at or moves: its stack, its component, and what stack config declares of it. */
export interface OpenRollout extends OpenStack {
  readonly declared: RolloutValues;
}

const ENDPOINT = /^azure-native:machinelearningservices(?:\/[^:]+)?:OnlineEndpoint$/;
/** What of an opened rollout stays as it is. */
type KnownPlace = Pick<OpenRollout, "pulumi" | "place">;

/** Type token of the component. */
export const COMPONENT_TYPE = "azure-mlflow-rollout:index:ProgressiveMlflowEndpoint";

/**
 * Opens the rollout of a project's stack. Nothing is written.
 *
 * @param known - the same rollout as it was opened before: what cannot have changed is not asked again
 * @throws Failure when there is no such stack or component, several components and none is named, or config that cannot be
 *   read
 */
export async function openRollout(
  choice: RolloutChoice,
  signal?: AbortSignal,
  known?: KnownPlace,
): Promise<OpenRollout> {
  return withDeclared(await openStack(choice, signal, known));
}

/** An open stack with what config declares of its rollout. @throws Failure when config cannot be read */
export function withDeclared(stack: OpenStack): OpenRollout {
  const config = stack.file.config(stack.namespace);
  const { values, violations } = parseRollout((key) => config[key]);
  if (violations.length > 0)
    throw new Failure(`${stack.file.file} cannot be used:\n${formatViolations(violations)}`, EXIT.refused);
  return { ...stack, declared: values };
}

/**
 * The same without what config declares, for a command that has to do with a stack whatever stands in its config.
 *
 * @throws Failure when there is no such stack or component, or several components and none is named
 */
export async function openStack(
  { cwd, stack, component: name }: RolloutChoice,
  signal?: AbortSignal,
  known?: KnownPlace,
): Promise<OpenStack> {
  return openComponent(await readStack({ cwd, ...(stack !== undefined && { stack }) }, signal, known), name);
}

/** A stack as it was read, for each of its components. */
export type ReadStack = Pick<OpenStack, "cwd" | "pulumi" | "place" | "state">;

/** @throws Error when there is no such stack */
export async function readStack(
  { cwd, stack }: RolloutChoice,
  signal?: AbortSignal,
  known?: KnownPlace,
): Promise<ReadStack> {
  const pulumi = known?.pulumi ?? new Pulumi(cwd, process.env, signal);
  if (known !== undefined) return { cwd, ...known, state: await readState(pulumi, known.place) };
  // Asked together, since each takes Pulumi most of a second; what goes wrong is for the first one to tell.
  const exported = pulumi.look([
    "stack",
    "export",
    "--non-interactive",
    ...(stack === undefined ? [] : ["--stack", stack]),
  ]);
  const [place, { code, stdout }] = await Promise.all([
    findStack(pulumi, cwd, stack, (line) => void process.stderr.write(`${line}\n`)),
    exported,
  ]);
  return {
    cwd,
    pulumi,
    place,
    state: code === 0 ? (JSON.parse(stdout) as ExportedStack) : await readState(pulumi, place),
  };
}

async function readState(pulumi: Pulumi, { fullName }: StackPlace): Promise<ExportedStack> {
  return JSON.parse(await pulumi.must(["stack", "export", "--stack", fullName])) as ExportedStack;
}

/** A component of a stack, with the stack file as it is now. @throws as `openStack` */
export function openComponent(stack: ReadStack, name: string | undefined): OpenStack {
  const { cwd, place, state } = stack;
  const component = chosen(componentsIn(state), name, place);
  const project = projectOf(place);
  const file = StackFile.read(cwd, project, place.name);
  return { ...stack, component, file, namespace: namespaceOf({ component, file, project }) };
}

function componentsIn(state: ExportedStack): readonly RolloutComponent[] {
  return resourcesOf(state)
    .filter(({ type, delete: isGone }) => type === COMPONENT_TYPE && isGone !== true)
    .map((resource) => {
      const { urn, inputs = {}, outputs = {} } = resource;
      const endpointId = textIn(outputs, "endpointId") ?? endpointBelow(state, urn);
      return { name: nameOf(resource), urn, inputs, outputs, endpointId };
    });
}

/** An update that failed or goes on has left no outputs of the component. */
function endpointBelow(state: ExportedStack, component: string): string | undefined {
  return resourcesOf(state).find(({ type, parent }) => parent === component && ENDPOINT.test(type))?.id;
}

function chosen(
  components: readonly RolloutComponent[],
  name: string | undefined,
  { fullName }: StackPlace,
): RolloutComponent | undefined {
  const names = components.map((component) => component.name).join(", ");
  if (name !== undefined) {
    const found = components.find((component) => component.name === name);
    if (found !== undefined) return found;
    const there = names === "" ? "it has none yet" : `it has ${names}`;
    throw new Failure(`stack ${fullName} has no component ${name}; ${there}`, EXIT.usage);
  }
  if (components.length > 1)
    throw new Failure(`stack ${fullName} has several components; name one with --component: ${names}`, EXIT.usage);
  return components[0];
}

function projectOf({ fullName }: StackPlace): string {
  return fullName.split("/").at(-2) ?? fullName;
}
