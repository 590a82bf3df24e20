import { show } from "../../components/values/violation";
import type { StateChange } from "./editState";
import { nameOf } from "../stack/exportedStack";
import type { PendingOperation } from "../stack/exportedStack";
import type { PlannedStep } from "../stack/previewedStack";
import type { LockOwner } from "../stack/fileBackend";

const MARKS = { added: "+", moved: "~", kept: "~", cleared: "~", dropped: "-", left: "!" } as const;

/** One line for a pending operation: `creating  OnlineDeployment  heart-deployment-default`. */
export function describeOperation({ type, resource }: PendingOperation): string {
  return `${type}  ${shortType(resource.type)}  ${nameOf(resource)}`;
}

/** What a state edit does to one resource: one line, plus one for each difference that the preview will show. */
export function describeChange(change: StateChange, command: string): string {
  const line = `  ${MARKS[change.action]} ${shortType(change.type)}  ${nameOf(change)}: ${explain(change, command)}`;
  const differences = (change.differences ?? []).map(
    ({ path, declared, azure }) => `      ${path}: the program declares ${show(declared)}, Azure has ${show(azure)}`,
  );
  return [line, ...differences].join("\n");
}

/** What an update would do to one resource: `  update  Deployment  heart-traffic`. */
export function describePlanned({ op, urn }: PlannedStep): string {
  return `  ${op}  ${shortType(urn.split("::").at(-2) ?? "")}  ${nameOf({ urn })}`;
}

export function describeLock({ pid, username, hostname, timestamp }: LockOwner): string {
  return `pid ${pid} of ${username}@${hostname}, since ${timestamp}`;
}

function explain(change: StateChange, command: string): string {
  const { operation, azure, action, reason, from = "" } = change;
  const there = azure === "absent" ? "not in Azure" : `in Azure (${azure})`;
  if (action === "moved") return `${there}, replaces ${from} in the state`;
  if (action === "kept") return `was to be replaced and is not deleted: ${reason ?? ""}`;
  if (action === "cleared") return `ready in Azure (${azure}), no longer recorded as failed`;
  if (action === "left") return `${there} but not in the state, left out: ${reason ?? "it cannot be added"}`;
  if (action === "dropped") return `${operation}, ${reason ?? there}; dropped, "${command}" does what is missing`;
  if (reason !== undefined) return `${reason}, will be added to the state`;
  return operation === "declared"
    ? `${there} but not in the state, will be added as the program declares it`
    : `created ${there}, will be added to the state`;
}

function shortType(type: string): string {
  return type.split(":").at(-1) ?? type;
}
