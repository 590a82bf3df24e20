import * as pulumi from "@pulumi/pulumi";
import { componentAzure } from "../azure/armReader";
import { endpointIdOf } from "../azure/ids";
import type { EndpointPath } from "../azure/ids";
import type { LiveEndpoint } from "../azure/readEndpoint";
import { readStates } from "../azure/settled";
import type { GateAsker } from "../evidence/askGates";
import { askable, risingCandidatesOf, sourceOf } from "../gates/asked";
import type { Asked, GateQuestion, RisingCandidate } from "../gates/asked";
import { verdictOf } from "../gates/verdict";
import type { GateVerdict } from "../gates/verdict";
import { liveStateOf } from "../rollout/liveState";
import { risingCandidates, stableOf } from "../rollout/roles";
import type { StepLoad } from "../rollout/step";
import { isServing } from "../rollout/weights";
import type { TrafficState } from "../rollout/weights";
import { rateUpper } from "../statistics/upperBounds";
import { redact } from "../values/redact";
import { isSameName } from "../values/sameName";
import { entryOf } from "../values/shape";
import type { RolloutContext } from "./context";

/** The endpoint before a step. */
export interface StepPlace {
  /** Undefined in a preview that does not know it. */
  readonly path: EndpointPath | undefined;
  /** With the weights that it served, even if the service has dropped them meanwhile. */
  readonly live: LiveEndpoint | undefined;
  /** What the step before has written; undefined without one. */
  readonly earlier: TrafficState | undefined;
}

/** How often the share of bad answers of a candidate may be underestimated. */
const CHANCE = 0.001;

/**
 * Asks the gates of a step in which a candidate's weight rises, and what its error budget needs. On the way back, and while
 * nothing serves, nobody is asked. What was found is in the memory of the run.
 */
export async function askLiveGates(context: RolloutContext, place: StepPlace): Promise<readonly GateVerdict[]> {
  const { plan, memory } = context;
  if (place.path === undefined) return (memory.gates = askedLater(context, place.earlier));
  const rising = risingIn(context, place.live);
  if (plan === undefined || rising.length === 0 || place.live === undefined) return [];
  if ((plan.gates ?? []).length === 0 && plan.errorBudget === undefined) return [];
  const missing = await missingIn(context, place.path, rising);
  const { questions, unasked } = askable(plan.gates ?? [], rising, missing);
  const asker = await openAsker(context, place.path, place.live);
  if (asker instanceof Error) {
    memory.gates = [...questions.map((question) => notAsked(question, asker)), ...unasked];
    if (plan.errorBudget !== undefined) memory.load = { requestsPerMinute: rateOf(context), badShares: {} };
    return memory.gates;
  }
  const [verdicts, load] = await Promise.all([
    asker.ask(questions),
    plan.errorBudget === undefined ? undefined : readLoad(context, asker, rising),
  ]);
  if (load !== undefined) memory.load = load;
  memory.gates = inOrder(plan.gates ?? [], { questions, unasked }, verdicts);
  return memory.gates;
}

/** In a preview that does not know the endpoint: what the update asks, as far as the step before tells. */
function askedLater({ plan, declared }: RolloutContext, earlier: TrafficState | undefined): readonly GateVerdict[] {
  if (earlier === undefined || !isServing(earlier)) return [];
  const rising = risingCandidates(earlier, declared, stableOf(earlier, declared, undefined));
  const why = { verdict: "not asked", numbers: "the endpoint is not known yet; the update asks" } as const;
  return rising.flatMap((candidate) =>
    (plan?.gates ?? []).map((gate) => verdictOf(gate, candidate, { ...why, source: sourceOf(gate) })),
  );
}

function risingIn({ declared }: RolloutContext, live: LiveEndpoint | undefined): readonly RisingCandidate[] {
  if (live === undefined || !isServing(live)) return [];
  const state = liveStateOf(live, []);
  const stable = stableOf(state, declared, state.stable);
  if (stable === undefined) return [];
  // The record has it in lower case.
  const names = Object.keys({ ...declared.traffic, ...live.traffic });
  const named = names.find((name) => isSameName(name, stable)) ?? stable;
  return risingCandidatesOf(risingCandidates(state, declared, stable), named, state, declared);
}

/** In a preview, candidates that only the update creates. */
async function missingIn(
  context: RolloutContext,
  path: EndpointPath,
  rising: readonly RisingCandidate[],
): Promise<readonly string[]> {
  if (!pulumi.runtime.isDryRun()) return [];
  const names = rising.filter(({ from }) => from === 0).map(({ candidate }) => candidate);
  const states = await readStates(context, path, names);
  return names.filter((name) => entryOf(states, name) === undefined);
}

/** @returns the error when the provider gives no credentials: then nothing is decided */
async function openAsker(
  { component }: RolloutContext,
  path: EndpointPath,
  { authMode, scoringUri, lastModifiedAt }: LiveEndpoint,
): Promise<GateAsker | Error> {
  try {
    // Loaded when a gate is first asked: most steps ask none.
    const [azure, evidence] = await Promise.all([componentAzure(component), import("../evidence/askGates.js")]);
    const id = endpointIdOf(azure.subscriptionId, path);
    const endpoint = { name: path.endpointName, id, authMode, ...(scoringUri !== undefined && { scoringUri }) };
    return new evidence.GateAsker({ ...azure, endpoint, writtenAt: lastModifiedAt });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function notAsked({ gate, about }: GateQuestion, { message }: Error): GateVerdict {
  const numbers = redact(`the provider gives no credentials: ${message}`);
  return verdictOf(gate, about.candidate, { verdict: "inconclusive", numbers, source: sourceOf(gate) });
}

/** As the program declares them, candidate by candidate. */
function inOrder(
  gates: readonly { readonly name: string }[],
  { questions, unasked }: Asked,
  verdicts: readonly GateVerdict[],
): readonly GateVerdict[] {
  const names = gates.map(({ name }) => name);
  const all = [...verdicts, ...unasked];
  const candidates = [
    ...new Set([...questions.map(({ about }) => about.candidate), ...unasked.map((one) => one.candidate)]),
  ];
  const place = ({ candidate, gate }: GateVerdict): number =>
    candidates.indexOf(candidate) * names.length + names.indexOf(gate);
  return all.toSorted((a, b) => place(a) - place(b));
}

function rateOf({ policy }: RolloutContext): number | undefined {
  return policy.expectedRequestsPerMinute;
}

/** What could not be measured counts as the worst. */
async function readLoad(
  context: RolloutContext,
  { monitor }: GateAsker,
  rising: readonly RisingCandidate[],
): Promise<StepLoad> {
  const measured = rising.filter(({ hasRequests }) => hasRequests);
  const shares = measured.map(async ({ candidate }) => {
    const counts = await monitor.counts(candidate).catch(() => ({ failed: 0, total: 0 }));
    return [candidate, rateUpper(counts, CHANCE)] as const;
  });
  return {
    requestsPerMinute: rateOf(context) ?? (await monitor.busiestMinute().catch(() => undefined)),
    badShares: Object.fromEntries(await Promise.all(shares)),
  };
}
