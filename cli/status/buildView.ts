import { describePosition, stagesOf } from "../../components/rollout/position";
import { weightOf } from "../../components/rollout/weights";
import { isSameName } from "../../components/values/sameName";
import type { DeploymentView, RolloutView } from "../view/rolloutView";
import { placeInPlan } from "./bake";
import { gateViews } from "./gates";
import { roleOf } from "./roles";
import { candidateWeights, liveDeployment, situationOf } from "./situation";
import type { RolloutFacts, Situation } from "./situation";
import { baking, notDeployed, paused, settled, unapplied, unappliedAtOnce, waiting } from "./steps";
import { cutOff, failed, foreign, gone, unexpected } from "./trouble";
import { underWay } from "./underWay";
import type { Case, Verdict } from "./verdict";

/** From the most alarming to the calmest: the first one that holds is what is going on. */
const CASES: readonly Case[] = [
  failed,
  underWay,
  cutOff,
  gone,
  foreign,
  unexpected,
  notDeployed,
  unappliedAtOnce,
  paused,
  baking,
  unapplied,
  waiting,
];

const ORDER = ["stable", "candidate", "other"] as const;

/** What a person sees of a rollout, decided from its facts alone. */
export function buildView(facts: RolloutFacts): RolloutView {
  const { rollout, live } = facts;
  const situation = situationOf(facts);
  const { phase, message, next, bake, awaited } = verdictOn(situation);
  const { record } = situation;
  // Weights that somebody else has changed are nothing that config asks for.
  const asked = situation.unexpected === undefined ? situation.unapplied : [];
  const plan = planOf(situation);
  const gates = plan === undefined || plan.step === plan.of ? [] : (situation.declaration.plan.gates ?? []);
  return {
    schemaVersion: 1,
    at: live.at.toISOString(),
    stack: rollout.place.fullName,
    component: rollout.component?.name ?? "",
    endpoint: {
      name: live.endpoint?.name ?? situation.endpointInState ?? "",
      id: live.endpoint?.id ?? rollout.component?.endpointId ?? "",
      ...(live.endpoint && { state: live.endpoint.state }),
    },
    phase,
    message,
    deployments: deploymentsOf(situation),
    ...(plan && { plan }),
    ...(gates.length > 0 && { gates: gateViews(gates, rollout.component?.outputs) }),
    ...(bake && { bake }),
    ...(awaited && { awaited }),
    ...(asked.length > 0 && { unapplied: asked }),
    ...(record.changedAt !== undefined && { changedAt: record.changedAt }),
    next,
    missing: live.missing,
  };
}

function verdictOn(situation: Situation): Verdict {
  for (const holds of CASES) {
    const verdict = holds(situation);
    if (verdict !== undefined) return verdict;
  }
  return settled(situation);
}

function planOf(situation: Situation): RolloutView["plan"] {
  const place = placeInPlan(situation);
  if (place === undefined) return undefined;
  const { weight } = candidateWeights(situation);
  const text = describePosition(place, weight);
  return { stages: stagesOf(situation.declaration.plan), step: place.step, of: place.of, text };
}

function deploymentsOf(situation: Situation): readonly DeploymentView[] {
  const { declaration, live, traffic } = situation;
  const declared = Object.keys(declaration.versions);
  const others = [
    ...live.deployments.map(({ name }) => name),
    ...Object.keys(traffic.traffic),
    ...Object.keys(traffic.mirrorTraffic),
  ];
  const names = [...declared, ...others].filter(
    (name, index, all) => all.findIndex((other) => isSameName(name, other)) === index,
  );
  const views = names.map((name) => deploymentView(situation, name));
  return views.toSorted((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
}

function deploymentView(situation: Situation, name: string): DeploymentView {
  const { declaration, applied, live, traffic, roles } = situation;
  const isDeclared = Object.hasOwn(declaration.versions, name);
  const found = liveDeployment(situation, name);
  const version = isDeclared ? declaration.versions[name] : valueOf(applied.versions, name);
  const modelVersion = version ?? versionIn(found?.modelId);
  const metrics = live.metrics && valueOf(live.metrics, name);
  return {
    name,
    role: roleOf(name, roles),
    ...(modelVersion !== undefined && { modelVersion }),
    ...(isDeclared && { declared: weightOf(declaration.traffic.traffic, name) }),
    live: weightOf(traffic.traffic, name),
    mirror: weightOf(traffic.mirrorTraffic, name),
    ...(found && { state: found.state }),
    ...(found?.instances !== undefined && { instances: found.instances }),
    ...(metrics && { metrics }),
  };
}

/** The end of the id of a model version. */
function versionIn(modelId: string | undefined): string | undefined {
  return /\/versions\/([^/]+)$/i.exec(modelId ?? "")?.[1];
}

function valueOf<T>(map: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.entries(map).find(([other]) => isSameName(other, name))?.[1];
}
