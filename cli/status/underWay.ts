import type { AwaitedView } from "../view/rolloutView";
import type { UpdateUnderWay } from "../stack/updateUnderWay";
import type { Situation } from "./situation";
import { awaitedUpdate, waitFor } from "./verdict";
import type { Case } from "./verdict";

/**
 * How long Azure works on an endpoint or a deployment in a state. A first image takes 10 to 20 minutes, an endpoint
 * about 1.5: measured by others, docs/azure.md.
 */
const USUAL: Readonly<Record<string, string>> = {
  "endpoint creating": "1 to 3 min",
  "endpoint updating": "less than 1 min",
  "deployment creating": "10 to 20 min with a first image, else 3 to 10",
  "deployment updating": "3 to 10 min",
  "deployment scaling": "2 to 5 min",
  "deployment deleting": "1 to 5 min",
};
const SETTLED = new Set(["succeeded", "failed", "canceled"]);

/** An update holds the stack, or Azure is still working. */
export const underWay: Case = (situation) => {
  const { underWay: update } = situation.use;
  const working = workingOn(situation);
  if (update === undefined && working.length === 0) return undefined;
  const names = working.map(({ what }) => what);
  const what = [...(update === undefined ? [] : [describe(update)]), ...names].join(", ");
  const usual = working.find((part) => part.usual !== undefined)?.usual;
  const awaited = {
    ...awaitedUpdate(update ?? {}),
    ...(names.length > 0 && { what: names.join(", ") }),
    ...(usual !== undefined && { usual }),
  };
  return { phase: "progressing", message: what, awaited, next: waitFor(situation) };
};

/** What Azure has not settled, with how long that takes. */
function workingOn({ live: { endpoint, deployments } }: Situation): readonly AwaitedView[] {
  const all = [
    ...(endpoint === undefined ? [] : [{ kind: "endpoint", ...endpoint }]),
    ...deployments.map((deployment) => ({ kind: "deployment", ...deployment })),
  ];
  return all
    .filter(({ state }) => !SETTLED.has(state.toLowerCase()))
    .map(({ kind, name, state }) => {
      const usual = USUAL[`${kind} ${state.toLowerCase()}`];
      return { what: `${kind} ${name} (${state})`, ...(usual !== undefined && { usual }) };
    });
}

function describe({ by, isUnsure }: UpdateUnderWay): string {
  const who = by === undefined ? "" : ` (${by})`;
  return `an update of the stack is under way${who}${isUnsure === true ? ", or was cut off" : ""}`;
}
