import { isDeepStrictEqual } from "node:util";
import { clearFaults, injectFaults } from "../../driver/faults";
import { BLUE, GREEN } from "../../driver/article";
import { FirstCaller } from "../crash/firstCaller";
import { AS_DOCUMENTED } from "./faultCase";
import type { FaultCase, FaultRow } from "./faultCase";
import { diagnosticsIn } from "./diagnostics";
import { withoutZeros } from "./testbed";
import type { FaultTestbed } from "./testbed";

type Weights = Readonly<Record<string, number>>;

/** Weights set by somebody else. */
export const OTHERS_WEIGHTS: Weights = { [BLUE]: 50, [GREEN]: 50 };
/** The two states that weight steps go between. */
const STATES: readonly Weights[] = [
  { [BLUE]: 90, [GREEN]: 10 },
  { [BLUE]: 80, [GREEN]: 20 },
];

/** Causes a fault during an update, applies the remedy, and returns the result. */
export async function runFault(testbed: FaultTestbed, fault: FaultCase): Promise<FaultRow> {
  const started = performance.now();
  // Callers have moved away before an endpoint is deleted.
  const callers = fault.live === "none" ? undefined : new FirstCaller(testbed);
  try {
    const { wrong, ...told } = await bringAbout(testbed, fault);
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
  testbed: FaultTestbed,
  fault: FaultCase,
): Promise<Pick<FaultRow, "exit" | "says" | "before" | "live"> & { wrong: string[] }> {
  const before = await testbed.live();
  const after = declare(testbed, fault);
  if (fault.meanwhile !== undefined) await testbed.preview();
  await fault.meanwhile?.(testbed);
  if (fault.rules !== undefined) await injectFaults(testbed.azure, ...fault.rules);
  const { exit, text } = await testbed.up();
  await clearFaults(testbed.azure);
  const live = await testbed.live();
  const expected = { before, after, theirs: OTHERS_WEIGHTS, none: undefined }[fault.live];
  const wrong = [
    ...((exit === 0) === fault.succeeds ? [] : [`the update ended with ${exit}`]),
    ...(isDeepStrictEqual(live, expected) ? [] : [`the live weights are ${show(live)}, not ${show(expected)}`]),
    ...(fault.succeeds ? [] : await recover(testbed, fault, after)),
  ];
  return { exit, says: diagnosticsIn(text), before: show(before), live: show(live), wrong };
}

/** Declares the change of a case; returns the new weights. */
function declare(testbed: FaultTestbed, { during, rises = false, deadline = false }: FaultCase): Weights {
  const { traffic } = testbed.declared;
  const [first = {}, second = {}] = STATES;
  const toOrFro = traffic[BLUE] === first[BLUE] ? second : first;
  const step = rises ? { [BLUE]: (traffic[BLUE] ?? 0) - 10, [GREEN]: (traffic[GREEN] ?? 0) + 10 } : toOrFro;
  const next =
    during === "new deployment"
      ? { ...traffic, [`trial-${Object.keys(traffic).length}`]: 0 }
      : { ...Object.fromEntries(Object.keys(traffic).map((name) => [name, 0])), ...step };
  testbed.declared = { traffic: next, deadline };
  return withoutZeros(next);
}

/** Applies the remedy; returns what still differs from the program. */
async function recover(
  testbed: FaultTestbed,
  { remedy, refresh = false }: FaultCase,
  after: Weights,
): Promise<string[]> {
  testbed.declared = { traffic: testbed.declared.traffic };
  await remedy?.(testbed);
  const { exit, text } = await testbed.up({ refresh });
  const live = await testbed.live();
  const states = (await testbed.resources("/onlineEndpoints/deployments")).map((deployment) =>
    String((deployment["properties"] as Record<string, unknown>)["provisioningState"]),
  );
  return [
    ...(exit === 0 ? [] : [`what is to be done ended with ${exit}: ${diagnosticsIn(text)}`]),
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
