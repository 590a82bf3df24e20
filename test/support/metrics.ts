import type { Answer, AzureClient } from "../../driver/azureClient";
import { valueAt } from "../../driver/azureClient";
import { ENDPOINT } from "../../driver/heartWorkspace";

export interface Series {
  /** Values by dimension. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** What the intervals with requests say; those without are left out. */
  readonly points: readonly Readonly<Record<string, unknown>>[];
}

/** Asks Azure Monitor for metrics of the endpoint, or of a resource below it such as `/deployments/blue`. */
export function askMetrics(azure: AzureClient, query: Record<string, string>, below = ""): Promise<Answer> {
  const parameters = new URLSearchParams({ "api-version": "2023-10-01", ...query });
  return azure.arm("GET", `${ENDPOINT}${below}/providers/Microsoft.Insights/metrics?${parameters.toString()}`);
}

/** The series of the first metric of an answer. */
export function seriesOf({ body }: Answer): readonly Series[] {
  const series = valueAt(body, "value.0.timeseries") as readonly {
    metadatavalues: { name: { value: string }; value: string }[];
    data: Record<string, unknown>[];
  }[];
  return series.map(({ metadatavalues, data }) => ({
    dimensions: Object.fromEntries(metadatavalues.map(({ name, value }) => [name.value, value])),
    points: data.filter((point) => Object.keys(point).length > 1).map(({ timeStamp: _, ...values }) => values),
  }));
}
