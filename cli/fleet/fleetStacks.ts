import { openAzure } from "../azure/session";
import type { AzureSession } from "../azure/session";
import { providerIn } from "../azure/providerSettings";
import { readLiveRollout } from "../azure/readLiveRollout";
import { openComponent, readStack, withDeclared } from "../stack/openRollout";
import type { OpenRollout, ReadStack } from "../stack/openRollout";
import { readUse } from "../stack/updateUnderWay";
import type { StackUse } from "../stack/updateUnderWay";
import type { OpenedFacts } from "../status/rolloutReader";
import { movableFacts } from "../run/movableFacts";
import type { RunFacts } from "../run/runFacts";
import type { FleetMember } from "./fleet";
import { stackKey } from "./fleet";

/** A member as it was read. */
export interface OpenedMember {
  readonly opened: OpenedFacts;
  readonly facts: RunFacts;
}

/** Reads the rollouts of a fleet: a stack is exported once for all of its components, and signed in to once. */
export class FleetStacks {
  private readonly known = new Map<string, ReadStack>();
  private readonly sessions = new Map<string, Promise<AzureSession>>();

  constructor(private readonly signal: AbortSignal) {}

  /**
   * Reads members of one stack.
   *
   * @returns for each what was read, or why it cannot be moved
   */
  async read(members: readonly FleetMember[]): Promise<readonly (OpenedMember | Error)[]> {
    const [first] = members;
    if (first === undefined) return [];
    const key = stackKey(first);
    const once = await this.look(first);
    // An update that ends just now has left its lock and not yet its traces in what was read before.
    const { stack, use } = once.use.cutOff === undefined ? once : await this.look(first);
    return Promise.all(
      members.map(async ({ component }) => {
        try {
          const rollout = withDeclared(openComponent(stack, component));
          const live = await readLiveRollout((await this.azure(key, rollout)).arm, rollout.component?.endpointId);
          const opened = { rollout, live, use, now: live.at };
          return { opened, facts: movableFacts(opened) };
        } catch (error) {
          this.signal.throwIfAborted();
          return error instanceof Error ? error : new Error(String(error));
        }
      }),
    );
  }

  private async look(member: FleetMember): Promise<{ readonly stack: ReadStack; readonly use: StackUse }> {
    const key = stackKey(member);
    const stack = await readStack(member, this.signal, this.known.get(key));
    this.known.set(key, stack);
    return { stack, use: await readUse(stack.pulumi, stack.place, stack.cwd, stack.state) };
  }

  /** Components of one provider share its sign-in. */
  private azure(stack: string, rollout: OpenRollout): Promise<AzureSession> {
    const id = rollout.component?.endpointId;
    const key = `${stack} ${id === undefined ? "" : (providerIn(rollout.state, id)?.urn ?? "")}`;
    const known = this.sessions.get(key);
    if (known !== undefined) return known;
    const session = openAzure(rollout, this.signal);
    this.sessions.set(key, session);
    // Who could not sign in tries again with the next read.
    session.catch(() => this.sessions.delete(key));
    return session;
  }
}
