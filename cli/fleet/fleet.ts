/** Rollouts that are walked together, wave after wave. */
export interface Fleet {
  /** Stacks that are read or updated at the same time. */
  readonly concurrency: number;
  readonly waves: readonly FleetWave[];
}

export interface FleetWave {
  /** When it starts; undefined for the first one, which starts at once. */
  readonly start: WaveStart | undefined;
  readonly members: readonly FleetMember[];
}

/** A wave starts some minutes after the one before it is as far as this. */
export interface WaveStart {
  readonly after: WaveGoal;
  readonly minutes: number;
}

/** Every endpoint of a wave has requests for its candidate, or has reached a step, or has given it everything. */
export type WaveGoal = "start" | "done" | { readonly step: number };

/** One rollout of a fleet. */
export interface FleetMember {
  /** As it is shown: `stack/component`, or `stack`, with the project before it where there are several. */
  readonly id: string;
  /** Folder of the project. */
  readonly cwd: string;
  readonly stack: string;
  /** Left out where the stack has only one. */
  readonly component?: string;
}

export interface PlacedMember extends FleetMember {
  /** From 0 upwards. */
  readonly wave: number;
}

export function membersOf({ waves }: Fleet): readonly PlacedMember[] {
  return waves.flatMap(({ members }, wave) => members.map((member) => ({ ...member, wave })));
}

/** Members that share a stack: an update of one is not to meet an update of another. */
export function stackKey({ cwd, stack }: FleetMember): string {
  return `${cwd}\n${stack}`;
}
