import { isMap } from "../../components/values/shape";
import { pendingOf } from "./exportedStack";
import type { ExportedStack } from "./exportedStack";
import { readLocks, whyHeld } from "./fileBackend";
import type { LockOwner } from "./fileBackend";
import type { Pulumi } from "./pulumi";
import type { StackPlace } from "./stackPlace";

/** Whether an update has the stack, or left it in the middle. */
export interface StackUse {
  readonly underWay?: UpdateUnderWay;
  /** How one can see that the last update was cut off. */
  readonly cutOff?: string;
}

export interface UpdateUnderWay {
  /** `pid 4711 of ada on build-7`; left out where the backend does not say. */
  readonly by?: string;
  /** RFC 3339; left out where the backend does not say. */
  readonly since?: string;
  /** Whether it may as well have been cut off, which the backend does not say. */
  readonly isUnsure?: true;
}

/** What a backend says of the locks of a stack. */
interface Locks {
  readonly held: LockOwner | undefined;
  /** The lock of a process that is gone. */
  readonly left: LockOwner | undefined;
  /** Whether there is no other lock than these. */
  readonly areAll: boolean;
}

/**
 * Who uses a stack now. A file backend has a lock, and Pulumi Cloud says that there is an update; of other backends
 * nothing is known.
 */
export async function readUse(pulumi: Pulumi, place: StackPlace, cwd: string, state: ExportedStack): Promise<StackUse> {
  if (/^https?:/.test(place.backendUrl) && (await isUpdating(pulumi, place))) return { underWay: {} };
  const owners = readLocks(place.backendUrl, place.fullName, cwd);
  const held = owners.find((owner) => whyHeld(owner) !== undefined);
  return useOf({ held, left: owners[0], areAll: /^(https?|file):/.test(place.backendUrl) }, state);
}

function useOf({ held, left, areAll }: Locks, state: ExportedStack): StackUse {
  if (held !== undefined) {
    const { pid, username, hostname, timestamp } = held;
    return { underWay: { by: `pid ${pid} of ${username} on ${hostname}`, since: timestamp } };
  }
  if (left !== undefined) return { cutOff: `its lock is still there, and pid ${left.pid} that took it is gone` };
  const pending = pendingOf(state).length;
  if (pending === 0) return {};
  if (!areAll) return { underWay: { isUnsure: true } };
  return { cutOff: `the state has ${pending} ${pending === 1 ? "operation" : "operations"} that nobody ended` };
}

async function isUpdating(pulumi: Pulumi, { name, fullName }: StackPlace): Promise<boolean> {
  const { code, stdout } = await pulumi.run(["stack", "ls", "--json"]);
  const stacks: unknown = code === 0 ? JSON.parse(stdout) : [];
  const all = Array.isArray(stacks) ? stacks.filter(isMap) : [];
  const [organization, , own] = fullName.split("/");
  const names = new Set([name, fullName, `${organization}/${own}`]);
  return all.some((stack) => names.has(String(stack["name"])) && stack["updateInProgress"] === true);
}
