import { isDeepStrictEqual } from "node:util";
import { clearFaults, inject } from "../../driver/faults";
import { BLUE, GREEN } from "../../driver/article";
import { Callers } from "../crash/callers";
import { AS_DOCUMENTED } from "./case";
import type { FaultCase, FaultRow } from "./case";
import { whatItSays } from "./says";
import { withoutZeros } from "./world";
import type { FaultWorld } from "./world";

type Weights = Readonly<Record<string, number>>;

/** Weights that somebody else sets. */
export const THEIRS: Weights = { [BLUE]: 50, [GREEN]: 50 };
/** The two states that weight steps go between. */
const STATES: readonly Weights[] = [
  { [BLUE]: 90, [GREEN]: 10 },
  { [BLUE]: 80, [GREEN]: 20 },
];

/** Brings a fault about while the engine works, does what is to be done about it, and says what became of it. */
export async function runFault(world: FaultWorld, fault: FaultCase): Promise<FaultRow> {
  const started = performance.now();
  // Whoever deletes an endpoint has moved its callers away before.
  const callers = fault.live === "none" ? undefined : new Callers(world);
  try {
    const { wrong, ...told } = await bringAbout(world, fault);
    const { requests, lost } = (await callers?.stop()) ?? { requests: 0, lost: 0 };
    if (lost > 0) wrong.push(`${lost} of ${requests} requests were lost`);
    const result = wrong.length === 0 ? AS_DOCUMENTED : wrong.join("; ");
    const { name, during, todo = "nothing" } = fault;
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    return { name, during, ...told, todo, result, requests, lost, seconds };
  } finally {
    await callers?.stop();
  }
}

async function bringAbout(
  world: FaultWorld,
  fault: FaultCase,
): Promise<Pick<FaultRow, "exit" | "says" | "before" | "live"> & { wrong: string[] }> {
  const before = await world.live();
  const after = declare(world, fault);
  if (fault.meanwhile !== undefined) await world.preview();
  await fault.meanwhile?.(world);
  if (fault.rules !== undefined) await inject(world.azure, ...fault.rules);
  const { exit, text } = await world.up();
  await clearFaults(world.azure);
  const live = await world.live();
  const expected = { before, after, theirs: THEIRS, none: undefined }[fault.live];
  const wrong = [
    ...((exit === 0) === fault.succeeds ? [] : [`the update ended with ${exit}`]),
    ...(isDeepStrictEqual(live, expected) ? [] : [`the live weights are ${show(live)}, not ${show(expected)}`]),
    ...(fault.succeeds ? [] : await recover(world, fault, after)),
  ];
  return { exit, says: whatItSays(text), before: show(before), live: show(live), wrong };
}

/** Declares the change of a case; gives the weights that it leads to. */
function declare(world: FaultWorld, { during, rises = false, deadline = false }: FaultCase): Weights {
  const { traffic } = world.declared;
  const [first = {}, second = {}] = STATES;
  const toOrFro = traffic[BLUE] === first[BLUE] ? second : first;
  const step = rises ? { [BLUE]: (traffic[BLUE] ?? 0) - 10, [GREEN]: (traffic[GREEN] ?? 0) + 10 } : toOrFro;
  const next =
    during === "new deployment"
      ? { ...traffic, [`trial-${Object.keys(traffic).length}`]: 0 }
      : { ...Object.fromEntries(Object.keys(traffic).map((name) => [name, 0])), ...step };
  world.declared = { traffic: next, deadline };
  return withoutZeros(next);
}

/** Does what is to be done; gives what is not as declared then. */
async function recover(world: FaultWorld, { cure, refresh = false }: FaultCase, after: Weights): Promise<string[]> {
  world.declared = { traffic: world.declared.traffic };
  await cure?.(world);
  const { exit, text } = await world.up({ refresh });
  const live = await world.live();
  const states = (await world.resources("/onlineEndpoints/deployments")).map((deployment) =>
    String((deployment["properties"] as Record<string, unknown>)["provisioningState"]),
  );
  return [
    ...(exit === 0 ? [] : [`what is to be done ended with ${exit}: ${whatItSays(text)}`]),
    ...(isDeepStrictEqual(live, after) ? [] : [`the live weights are ${show(live)} in the end, not ${show(after)}`]),
    ...states.filter((state) => state !== "Succeeded").map((state) => `a deployment is ${state} in the end`),
  ];
}

function show(weights: Weights | undefined): string {
  if (weights === undefined) return "no endpoint";
  return Object.entries(weights)
    .map(([name, weight]) => `${name} ${weight}`)
    .join(", ");
}
