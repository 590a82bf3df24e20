import { MetricHistory } from "../azure/series";
import { readHistory } from "../history/readHistory";
import type { RolloutReader } from "../status/rolloutReader";
import type { Sources } from "./feed";
import { stepsOf } from "./steps";

/** What a dashboard shows of the rollout that a reader reads: nothing is written. */
export function sourcesOf(reader: RolloutReader): Sources {
  let metrics: { readonly endpointId: string; readonly history: MetricHistory } | undefined;
  return {
    readView: () => reader.read(),
    readSteps: async () => {
      if (reader.opened === undefined) return [];
      const { pulumi, place, namespace } = reader.opened.rollout;
      return stepsOf(await readHistory(pulumi, place, namespace));
    },
    readMetrics: async (from, to) => {
      const endpointId = reader.opened?.rollout.component?.endpointId;
      if (reader.opened === undefined || endpointId === undefined) return undefined;
      if (metrics?.endpointId !== endpointId) {
        const { arm } = await reader.opened.azure;
        metrics = { endpointId, history: new MetricHistory(arm, endpointId) };
      }
      return metrics.history.read(from, to);
    },
  };
}
