import { sourceOf } from "../../components/gates/asked";
import { GATE_KINDS, gatesOf } from "../../components/settings/gates";
import type { Gate } from "../../components/settings/gates";
import type { GateArgs } from "../../components/args/gates";
import { isMap } from "../../components/values/shape";
import { textIn, valueIn } from "../stack/exportedStack";
import type { GateView } from "../view/rolloutView";

/** The gates of a plan that can be used: what is wrong with the others is for the next preview to say. */
export function gatesIn(plan: Readonly<Record<string, unknown>>): Readonly<Record<string, GateArgs>> {
  const entries = Object.entries(isMap(plan["gates"]) ? plan["gates"] : {});
  return Object.fromEntries(entries.filter((entry): entry is [string, GateArgs] => isUsable(entry[1])));
}

function isUsable(gate: unknown): boolean {
  if (!isMap(gate)) return false;
  const [kind, ...others] = GATE_KINDS.filter((one) => gate[one] !== undefined);
  if (kind === undefined || others.length > 0 || !isMap(gate[kind])) return false;
  const [named] = gatesOf({ gate });
  return named !== undefined && canBeNamed(named);
}

/** Whether its source can be told, of which a broken address or command has none. */
function canBeNamed(gate: Gate): boolean {
  try {
    return sourceOf(gate) !== "";
  } catch {
    return false;
  }
}

/**
 * What the next step asks, with what each gate said in the last one.
 *
 * @param outputs - of the component, as the last update left them
 */
export function gateViews(gates: readonly Gate[], outputs: unknown): readonly GateView[] {
  const last = valueIn(outputs, "rollout.gates");
  const found = Array.isArray(last) ? last.filter(isMap) : [];
  return gates.map((gate) => {
    const evidence = found.find((one) => one["gate"] === gate.name);
    const [verdict, numbers, candidate] = ["verdict", "numbers", "candidate"].map((key) => textIn(evidence, key));
    const window = textIn(evidence, "window");
    const isKnown = verdict !== undefined && numbers !== undefined && candidate !== undefined;
    return {
      gate: gate.name,
      kind: gate.kind,
      dryRun: gate.dryRun,
      asks: sourceOf(gate),
      ...(isKnown && { last: { verdict, candidate, numbers, ...(window !== undefined && { window }) } }),
    };
  });
}
