import { previewAsFar } from "../stack/previewedStack";
import type { PlannedResource, PlannedStep } from "../stack/previewedStack";
import { readSettings } from "../stack/stackSettings";
import type { AskingOptions } from "./askAzure";
import { clearState } from "./clearState";
import { editState } from "./editState";
import type { StateChange } from "./editState";
import { resourcesOf } from "../stack/exportedStack";
import type { ExportedStack, ResourceState } from "../stack/exportedStack";
import { gapsOf, plannedCreates } from "./gaps";
import { keepReplaced } from "./keepReplaced";
import { joinState } from "./joinState";
import { lookupsOf, unreadyLookups } from "./lookups";
import { defaultProvider, missingProviders } from "../stack/providers";
import type { Pulumi } from "../stack/pulumi";
import type { StackPlace } from "../stack/stackPlace";
import { findSuffixes, plannedSuffixes } from "./suffix";
import { waitForAzure } from "./waitForAzure";

/** The result of comparing program, state and Azure. */
export interface Found {
  readonly edited: ExportedStack;
  readonly changes: readonly StateChange[];
  /** What an update would do to the state as it is now; empty where the program is not considered. */
  readonly planned: readonly PlannedStep[];
  /** The error of the program or the engine; absent when the preview succeeds. */
  readonly failure?: string;
  /** Whether another look may find more once the state is edited: the preview did not see the whole program. */
  readonly isOpen: boolean;
}

export interface LookOptions extends AskingOptions {
  readonly pulumi: Pulumi;
  readonly place: StackPlace;
  /** Whether to consider the program: not for a destroy. */
  readonly declared: boolean;
  readonly report: (line: string) => void;
}

/** Compares state, Azure and program. Writes nothing. */
export async function look(stack: ExportedStack, options: LookOptions): Promise<Found> {
  const { pulumi, place, variables, report } = options;
  const kept = keepReplaced(stack);
  // Without its ancestors, the program cannot be compared.
  if (kept.changes.length > 0) return { ...kept, planned: [], isOpen: true };
  const fallback = variables["ARM_SUBSCRIPTION_ID"] ?? process.env["ARM_SUBSCRIPTION_ID"];
  const inClear = () => exportStack(pulumi, place, "--show-secrets");
  const waiting = (line: string): void => report(`waiting ${line}`);
  const pending = lookupsOf(stack, fallback);
  const unready = unreadyLookups(stack);
  const answers = await waitForAzure(stack, [...pending, ...unready], inClear, waiting, options);
  const ended = editState(stack, pending, answers);
  const ready = clearState(ended.edited, unready, answers);
  const changes = [...ended.changes, ...ready.changes];
  if (!options.declared) return { edited: ready.edited, changes, planned: [], isOpen: false };

  const { steps, failure } = await previewAsFar(pulumi, place.name);
  const creates = plannedCreates(ready.edited, steps);
  const randoms = plannedSuffixes(steps);
  const providers = await providersFor(ready.edited, [...creates, ...randoms], options);
  const state = withResources(ready.edited, providers);
  const { gaps, unplaced } = gapsOf(state, creates, fallback);
  const asked = gaps.map(({ resource, id }) => ({ operation: { type: "declared", resource }, id }));
  const inClearWith = async () => withResources(await inClear(), providers);
  const there = await waitForAzure(state, asked, inClearWith, waiting, options);
  const suffixes = findSuffixes(state, randoms, gaps, there);
  const others = suffixes.map((suffix) => suffix.state);
  const joined = joinState(state, gaps, there, componentsOf(steps), others);
  const added = [...suffixes.map(({ change }) => change), ...joined.changes];
  return {
    edited: added.some(isEdit) ? joined.edited : ready.edited,
    changes: [...changes, ...added],
    planned: steps.filter(isWrite),
    ...(failure !== undefined && { failure }),
    isOpen: failure !== undefined || unplaced.length > 0 || added.some(({ action }) => action === "left"),
  };
}

/** Whether a step does more than look. */
function isWrite({ op, urn }: PlannedStep): boolean {
  return op !== "same" && op !== "read" && !urn.includes("::pulumi:pulumi:Stack::");
}

/** Whether a change edits the state. */
export function isEdit({ action }: StateChange): boolean {
  return action !== "left";
}

export async function exportStack(
  pulumi: Pulumi,
  { name }: StackPlace,
  ...flags: readonly string[]
): Promise<ExportedStack> {
  return JSON.parse(await pulumi.must(["stack", "export", "--stack", name, ...flags])) as ExportedStack;
}

/** Default providers that the creates need and the state lacks, as after a destroy. */
async function providersFor(
  stack: ExportedStack,
  creates: readonly PlannedResource[],
  { pulumi, place }: LookOptions,
): Promise<readonly ResourceState[]> {
  const missing = missingProviders(stack, creates);
  if (missing.length === 0) return [];
  const settings = await readSettings(pulumi, place);
  return missing.flatMap((urn) => defaultProvider(urn, settings) ?? []);
}

function withResources(stack: ExportedStack, added: readonly ResourceState[]): ExportedStack {
  if (added.length === 0) return stack;
  return { ...stack, deployment: { ...stack.deployment, resources: [...resourcesOf(stack), ...added] } };
}

function componentsOf(steps: readonly PlannedStep[]): ReadonlyMap<string, PlannedResource> {
  const states = steps.flatMap(({ newState }) => newState ?? []);
  return new Map(states.filter(({ custom }) => custom !== true).map((state) => [state.urn, state]));
}
