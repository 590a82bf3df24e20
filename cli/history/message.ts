/** What the message of an update says, when a command of this tool has written it. */
export interface UpdateMessage {
  /** Such as `promote`. */
  readonly verb?: string;
  /** The first line without what is said elsewhere. */
  readonly reason: string;
  readonly who?: string;
  /** Further lines: the verdicts of the preview. */
  readonly verdicts: readonly string[];
}

/** `mlflow-rollout <verb>: <reason> (by <who>)`, then the verdicts; any other message is a reason. */
export function readMessage(message: string): UpdateMessage {
  const [first = "", ...verdicts] = message.split("\n").map((line) => line.trimEnd());
  const [, verb, reason = "", who] = /^mlflow-rollout (\S+): (.*?)(?: \(by ([^()]+)\))?$/.exec(first) ?? [];
  const lines = verdicts.filter((line) => line !== "");
  if (verb === undefined) return { reason: first, verdicts: lines };
  return { verb, reason, ...(who !== undefined && { who }), verdicts: lines };
}
