import type { ResourceId } from "../../arm/ids";
import type { ResourceHandler } from "../../arm/resourceHandler";
import type { MlServices } from "../shared/services";
import { DEFAULT_LIMIT, familiesOf, usedCores, vmSize } from "./records";

/** Sizes that managed online endpoints run on, in part. Source: "Managed online endpoints SKU list". */
const SIZES = [
  ...["Standard_DS1_v2", "Standard_DS2_v2", "Standard_DS3_v2", "Standard_DS4_v2", "Standard_DS5_v2"],
  ...["Standard_D2a_v4", "Standard_D4a_v4", "Standard_D8a_v4", "Standard_D16a_v4"],
  ...["Standard_D2as_v4", "Standard_D4as_v4", "Standard_D8as_v4", "Standard_D16as_v4"],
  ...["Standard_F2s_v2", "Standard_F4s_v2", "Standard_F8s_v2", "Standard_F16s_v2"],
  ...["Standard_E2s_v3", "Standard_E4s_v3", "Standard_E8s_v3", "Standard_E16s_v3"],
  ...["Standard_NC6s_v3", "Standard_NC12s_v3", "Standard_NC24s_v3"],
];
const GPUS: Readonly<Record<string, number>> = { Standard_NC6s_v3: 1, Standard_NC12s_v3: 2, Standard_NC24s_v3: 4 };

/** `locations/{location}/usages`: usage per VM family. */
export function usages(services: MlServices): ResourceHandler {
  return {
    list: ({ id }) => {
      const used = usedCores(services.store.all(), id.names[0] ?? "");
      const value = familiesOf(services.coreLimits, used).map((family) => ({
        ...quotaDocument(id, "usages", family),
        currentValue: used.get(family) ?? 0,
        limit: services.coreLimits[family] ?? DEFAULT_LIMIT,
      }));
      return { status: 200, body: { value } };
    },
  };
}

/** `locations/{location}/quotas`: the limits alone. */
export function quotas({ store, coreLimits }: MlServices): ResourceHandler {
  return {
    list: ({ id }) => {
      const families = familiesOf(coreLimits, usedCores(store.all(), id.names[0] ?? ""));
      const value = families.map((family) => ({
        ...quotaDocument(id, "quotas", family),
        limit: coreLimits[family] ?? DEFAULT_LIMIT,
      }));
      return { status: 200, body: { value } };
    },
  };
}

function quotaDocument({ subscriptionId }: ResourceId, what: string, family: string): object {
  return {
    id: `/subscriptions/${subscriptionId}/${what}/${family.replaceAll(" ", "_")}`,
    type: `Microsoft.MachineLearningServices/vmFamily/${what}`,
    name: { value: family, localizedValue: family },
    unit: "Count",
  };
}

/** `locations/{location}/vmSizes`: the same in every region. */
export function vmSizes(): ResourceHandler {
  const value = SIZES.map((name) => {
    const { family, cores } = vmSize(name);
    return {
      name,
      family: familyOf(family),
      vCPUs: cores,
      gpus: GPUS[name] ?? 0,
      supportedComputeTypes: ["AmlCompute"],
    };
  });
  return { list: () => ({ status: 200, body: { value } }) };
}

/** `standardDSv2Family` for `Standard DSv2 Family Cluster Dedicated vCPUs`. */
function familyOf(quota: string): string {
  const text = quota.replace(" Cluster Dedicated vCPUs", "").replaceAll(" ", "");
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
