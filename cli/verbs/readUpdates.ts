import { readHistory } from "../history/readHistory";
import type { OpenRollout } from "../stack/openRollout";
import type { EarlierUpdate } from "./target";

/** The updates of a stack that Pulumi's history has, oldest first. */
export async function readUpdates({ pulumi, place, namespace }: OpenRollout): Promise<readonly EarlierUpdate[]> {
  const history = await readHistory(pulumi, place, namespace);
  return history
    .map(({ number, kind, result, config }) => ({
      number,
      succeeded: kind === "update" && result === "succeeded",
      config,
    }))
    .toReversed();
}
