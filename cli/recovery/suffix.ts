import type { PlannedResource, PlannedStep } from "../stack/previewedStack";
import type { StateChange } from "./editState";
import { resourcesOf, textIn } from "../stack/exportedStack";
import type { ExportedStack, ResourceState } from "../stack/exportedStack";
import type { Gap } from "./gaps";
import { providerUrnOf } from "../stack/providers";
import type { Answers } from "./scratch";

const RANDOM_STRING = "random:index/randomString:RandomString";
/** The component's own datastore, in the URI of a registered model. */
const IN_ADDRESS = /\/datastores\/mlflow_models_([a-z0-9]{5})\/paths\//;
/** What the provider records besides the inputs. */
const NOTED = { minLower: 0, minNumeric: 0, minSpecial: 0, minUpper: 0, number: true };

export interface FoundSuffix {
  readonly state: ResourceState;
  readonly change: StateChange;
}

/** The random name suffixes that an update would create again. */
export function plannedSuffixes(steps: readonly PlannedStep[]): readonly PlannedResource[] {
  return steps.flatMap(({ op, newState }) =>
    op === "create" && newState?.type === RANDOM_STRING && newState.urn.endsWith("-suffix") ? [newState] : [],
  );
}

/**
 * The name suffix that a component had before its state was lost, taken from the URI of a model version that is still
 * registered: versions survive a destroy, and with another suffix their files would be elsewhere.
 *
 * @param stack - including the suffix's provider
 */
export function findSuffixes(
  stack: ExportedStack,
  planned: readonly PlannedResource[],
  gaps: readonly Gap[],
  answers: Answers,
): readonly FoundSuffix[] {
  const providers = new Map(resourcesOf(stack).map(({ urn, id }) => [urn, id]));
  return planned.flatMap((suffix) => {
    const siblings = gaps.filter(({ resource }) => resource.parent === suffix.parent);
    const addresses = siblings.map(({ resource }) => textIn(answers.get(resource.urn), "properties.modelUri") ?? "");
    const result = addresses.map((address) => IN_ADDRESS.exec(address)?.[1]).find((found) => found !== undefined);
    const providerUrn = providerUrnOf(suffix);
    const providerId = providers.get(providerUrn);
    if (result === undefined || providerId === undefined) return [];
    const outputs = { ...NOTED, ...suffix.inputs, result };
    const { urn, type } = suffix;
    const reason = `"${result}" in the address of a registered model version`;
    return [
      {
        state: { ...suffix, id: result, outputs, provider: `${providerUrn}::${providerId}` },
        change: { urn, type, operation: "declared", id: result, azure: "there", action: "added", reason },
      },
    ];
  });
}
