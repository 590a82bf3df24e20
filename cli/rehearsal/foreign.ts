import type { PlannedStep } from "../stack/previewedStack";

/** Packages whose resources a local Azure has a place for, or that reach nothing outside the engine. */
const KNOWN = new Set(["azure-native", "random", "pulumi", "azure-mlflow-rollout"]);

/** Resources of a preview that do not belong to Azure, as `aws:s3/bucket:Bucket logs`. Components of any package may. */
export function foreignResources(steps: readonly PlannedStep[]): readonly string[] {
  return steps.flatMap(({ urn, newState }) => {
    const [type = "", name = ""] = [urn.split("::").at(-2)?.split("$").at(-1), urn.split("::").at(-1)];
    const provider = /^pulumi:providers:(.+)$/.exec(type)?.[1];
    const isKnown = KNOWN.has(provider ?? type.split(":")[0] ?? "");
    return isKnown || newState?.custom !== true ? [] : [`${type} ${name}`];
  });
}
