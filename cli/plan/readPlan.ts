import { recordOf } from "../../components/rollout/record";
import { standingOf } from "../../components/rollout/standing";
import { sameTraffic, weightOf } from "../../components/rollout/weights";
import { mapIn, nameOf, resourcesOf, valueIn } from "../stack/exportedStack";
import { openStack, withDeclared } from "../stack/openRollout";
import type { OpenRollout, OpenStack, RolloutChoice } from "../stack/openRollout";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { plannedUpdateOf } from "../verbs/plannedUpdate";
import { heldBy } from "../verbs/refusal";
import { rolloutStateOf } from "../verbs/rolloutState";
import type { RolloutState } from "../verbs/rolloutState";
import { changesIn, componentsSay, sortErrors } from "./report";
import type { PlanReport } from "./report";
import { remainingStages } from "./stages";

/**
 * What an update would do with the config as it stands, and what comes after it. Nothing is written.
 *
 * @throws Failure when the stack cannot be opened, or somebody else holds it
 */
export async function readPlan(choice: RolloutChoice, now: Date): Promise<PlanReport> {
  const stack = await openStack(choice);
  const rollout = declaredIn(stack);
  if (rollout instanceof Failure) return unreadable(stack, rollout);
  const args = ["preview", "--json", "--non-interactive", "--stack", stack.place.name];
  const { stdout, stderr } = await stack.pulumi.run(args);
  const planned = plannedUpdateOf(stdout);
  if (planned === undefined) return unread(stack, `${stdout}\n${stderr}`.trim());
  const errors = sortErrors(planned.refusals);
  const verdict = verdictOf(errors);
  return {
    ...emptyReport(stack),
    verdict,
    ...errors,
    says: componentsSay(stdout),
    warnings: planned.warnings.map((warning) => warning.trim().replace(/^warning: /, "")),
    ...changesIn(planned),
    ...(verdict === "ok" && comesAfter(rollout, now)),
  };
}

function declaredIn(stack: OpenStack): OpenRollout | Failure {
  try {
    return withDeclared(stack);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function emptyReport({ place }: OpenStack): PlanReport {
  const nothing = { says: [], refusals: [], failures: [], warnings: [], changes: {}, removals: [], stages: [] };
  return { schemaVersion: 1, stack: place.fullName, verdict: "ok", ...nothing };
}

/** Config that cannot be read needs no preview to be refused. */
function unreadable(stack: OpenStack, { message }: Failure): PlanReport {
  const { refusals } = sortErrors([message]);
  return { ...emptyReport(stack), verdict: "refused", refusals, failures: refusals.length === 0 ? [message] : [] };
}

/** A preview that could not begin. */
function unread(stack: OpenStack, text: string): PlanReport {
  const holder = heldBy(text);
  if (holder !== undefined)
    throw new Failure(
      `stack ${stack.place.fullName} is held by another update (${holder}); wait for it, or repair it with "mlflow-rollout recover"`,
      EXIT.conflict,
    );
  return { ...emptyReport(stack), verdict: "failed", failures: [text] };
}

function verdictOf({ refusals, failures }: Pick<PlanReport, "refusals" | "failures">): PlanReport["verdict"] {
  if (refusals.length > 0) return "refused";
  return failures.length > 0 ? "failed" : "ok";
}

/** The rest of the rollout; nothing is known of it before the first update. */
function comesAfter(rollout: OpenRollout, now: Date): Pick<PlanReport, "position" | "paused" | "stages"> {
  const state = rolloutStateOf(rollout);
  const [candidate, ...others] = state?.candidates ?? [];
  if (state === undefined || candidate === undefined || others.length > 0) return { stages: [] };
  const { plan, declared, applied, stable, maxIncrease } = state;
  const isMoved = !sameTraffic(declared, applied);
  const standing = {
    plan,
    policyBakeMinutes: policyBakeMinutes(rollout),
    maxIncrease,
    candidate,
    stable,
    weight: weightOf(declared.traffic, candidate),
    mirrored: weightOf(declared.mirrorTraffic, candidate),
    since: isMoved ? now.toISOString() : changedAt(rollout),
  };
  const { paused } = plan;
  return {
    position: positionText(state),
    ...(paused !== undefined && { paused }),
    stages: remainingStages(standing, now),
  };
}

function positionText({ plan, declared, stable }: RolloutState): string {
  return standingOf(plan, declared, stable).text;
}

function policyBakeMinutes({ component }: OpenRollout): number {
  const minutes = valueIn(component?.inputs, "policy.bakeMinutes");
  return typeof minutes === "number" ? minutes : 0;
}

/** When the live weights were written, as the last traffic step has it. */
function changedAt({ state, component }: OpenRollout): string | undefined {
  const step = resourcesOf(state).find(
    (resource) => resource.parent === component?.urn && nameOf(resource) === `${component?.name ?? ""}-traffic`,
  );
  return recordOf(mapIn(step?.inputs, "properties.parameters.tags.value") as Record<string, string>).changedAt;
}
