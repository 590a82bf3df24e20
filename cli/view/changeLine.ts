import { printable } from "../terminal/columns";
import type { RolloutView } from "./rolloutView";

/** A view in one line, which changes only when something happens: no times of its own, and nothing that is measured. */
export function changeLine(view: RolloutView): string {
  const { phase, plan, deployments, message } = view;
  const states = deployments.map(({ name, live, mirror, state }) => {
    const mirrored = mirror > 0 ? ` mirror ${mirror} %` : "";
    const working = state === undefined || state === "Succeeded" ? "" : ` (${state})`;
    return `${name} ${live} %${mirrored}${working}`;
  });
  return printable([phase, plan?.text ?? "", states.join(", "), message].filter((part) => part !== "").join("  "));
}
