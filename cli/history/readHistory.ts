import type { Pulumi } from "../stack/pulumi";
import type { StackPlace } from "../stack/stackPlace";
import { numberedHistory } from "./history";
import type { HistoryEntry } from "./history";

/** The whole history of a stack, newest first, without its secrets. Nothing is written, and Azure is not asked. */
export async function readHistory(
  pulumi: Pulumi,
  { name }: StackPlace,
  namespace: string,
): Promise<readonly HistoryEntry[]> {
  // A page of 0 is all of it; without the whole, entries could not be numbered.
  const updates = await pulumi.must(["stack", "history", "--json", "--page-size", "0", "--stack", name]);
  return numberedHistory(JSON.parse(updates), namespace);
}
