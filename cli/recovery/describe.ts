import type { StateChange } from "./editState";
import { nameOf } from "./exportedStack";
import type { PendingOperation } from "./exportedStack";
import type { LockOwner } from "./lock";

/** A pending operation in a line: `creating  OnlineDeployment  heart-deployment-default`. */
export function describeOperation({ type, resource }: PendingOperation): string {
  return `${type}  ${shortType(resource.type)}  ${nameOf(resource)}`;
}

/** What an edit of the state does, in a line for each pending operation. */
export function describeChange(change: StateChange, command: string): string {
  const mark = change.action === "added" ? "+" : "-";
  return `  ${mark} ${shortType(change.type)}  ${nameOf(change)}: ${explain(change, command)}`;
}

export function describeLock({ pid, username, hostname, timestamp }: LockOwner): string {
  return `pid ${pid} of ${username}@${hostname}, since ${timestamp}`;
}

function explain({ operation, azure, action, reason }: StateChange, command: string): string {
  if (reason !== undefined) return `${operation}, ${reason}; dropped, "${command}" does what is missing`;
  if (action === "added") return `created in Azure (${azure}), joins the state`;
  const there = azure === "absent" ? "not in Azure" : `in Azure (${azure})`;
  return `${operation}, ${there}; dropped, "${command}" does what is missing`;
}

function shortType(type: string): string {
  return type.split(":").at(-1) ?? type;
}
