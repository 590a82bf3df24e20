/** How a command ends; `docs/commands.md` lists them. */
export const EXIT = {
  /** What was asked is done, or no rollout is under way. */
  done: 0,
  /** Something failed that has no number of its own. */
  failed: 1,
  /** The command was typed wrong. */
  usage: 2,
  /** A rule refused the step, or it was declined; nothing was written. */
  refused: 3,
  /** Somebody else holds the stack, or has changed what this command was about to change. */
  conflict: 4,
  /** The rollout waits: for a person, or for the end of a bake time. */
  waiting: 5,
  /** Azure or another update is still working. */
  inProgress: 6,
  /** A deployment has failed, or the live weights are not the declared ones. */
  degraded: 7,
  /** What was waited for did not happen in time. */
  timedOut: 8,
  /** A run holds: a gate is inconclusive, or the rollout is paused. */
  held: 9,
  /** A run gave all of the traffic back to the stable deployment; live is as declared. */
  aborted: 10,
  /** Ctrl+C, as a shell says it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The same for a page. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: "what was asked is done, or no rollout is under way",
  failed: "something failed that has no number of its own",
  usage: "the command was typed wrong",
  refused: "a rule refused the step, or it was declined; nothing was written",
  conflict: "somebody else holds the stack, or has changed what the command was about to change",
  waiting: "the rollout waits: for a person, or for the end of a bake time",
  inProgress: "Azure or another update is still working",
  degraded: "a deployment has failed, or the live weights are not the declared ones",
  timedOut: "what was waited for did not happen in time",
  held: "a run holds: a gate is inconclusive, or the rollout is paused",
  aborted: "a run gave all of the traffic back to the stable deployment; live is as declared",
  interrupted: "Ctrl+C, as a shell says it",
};
