import { weightOf } from "../../components/rollout/weights";
import type { TrafficState, Weights } from "../../components/rollout/weights";

/** `model-1 100 → 90`, `mirror model-2 0 → 20`: what changes between two states, by deployment. */
export function movesOf(name: string, before: TrafficState, after: TrafficState): readonly string[] {
  return [
    ...moveOf(name, before.traffic, after.traffic),
    ...moveOf(`mirror ${name}`, before.mirrorTraffic, after.mirrorTraffic, name),
  ];
}

function moveOf(label: string, before: Weights, after: Weights, name = label): readonly string[] {
  const [from, to] = [weightOf(before, name), weightOf(after, name)];
  return from === to ? [] : [`${label} ${from} → ${to}`];
}
