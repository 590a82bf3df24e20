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

interface Look {
  readonly stack: ReadStack;
  readonly use: StackUse;
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
    const looked = await this.orWhyNot(this.lookAtRest(first));
    if (looked instanceof Error) return members.map(() => looked);
    return Promise.all(members.map((member) => this.orWhyNot(this.open(member, looked))));
  }

  private async open(member: FleetMember, { stack, use }: Look): Promise<OpenedMember> {
    const rollout = withDeclared(openComponent(stack, member.component));
    const { arm } = await this.azure(stackKey(member), rollout);
    const live = await readLiveRollout(arm, rollout.component?.endpointId);
    const opened = { rollout, live, use, now: live.at };
    return { opened, facts: movableFacts(opened) };
  }

  /** What cannot be read of one is no reason not to read the others. */
  private orWhyNot<T>(reading: Promise<T>): Promise<T | Error> {
    return reading.catch((error: unknown) => {
      this.signal.throwIfAborted();
      return error instanceof Error ? error : new Error(String(error));
    });
  }

  /** An update that ends just now has left its lock and not yet its traces in what was read before. */
  private async lookAtRest(member: FleetMember): Promise<Look> {
    const look = await this.look(member);
    return look.use.cutOff === undefined ? look : this.look(member);
  }

  private async look(member: FleetMember): Promise<Look> {
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
