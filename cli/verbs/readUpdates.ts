import { isMap } from "../../components/values/shape";
import { textIn } from "../stack/exportedStack";
import type { OpenRollout } from "../stack/openRollout";
import type { EarlierUpdate } from "./target";

/** The updates of a stack that Pulumi's history has, oldest first. */
export async function readUpdates({ pulumi, place, namespace }: OpenRollout): Promise<readonly EarlierUpdate[]> {
  const text = await pulumi.must(["stack", "history", "--json", "--full-dates", "--stack", place.fullName]);
  const entries: unknown = JSON.parse(text);
  const known = Array.isArray(entries) ? entries.filter(isMap).toReversed() : [];
  return known.map((entry, index) => ({
    number: numberOf(entry["version"], index),
    succeeded: textIn(entry, "kind") === "update" && textIn(entry, "result") === "succeeded",
    config: configIn(entry["config"], `${namespace}:`),
  }));
}

/** A file backend counts no updates. */
function numberOf(version: unknown, index: number): number {
  return typeof version === "number" && version > 0 ? version : index + 1;
}

function configIn(config: unknown, prefix: string): Readonly<Record<string, string>> {
  const entries = isMap(config) ? Object.entries(config) : [];
  return Object.fromEntries(
    entries.flatMap(([key, value]) => {
      const text = textIn(value, "value");
      return key.startsWith(prefix) && text !== undefined ? [[key.slice(prefix.length), text]] : [];
    }),
  );
}
