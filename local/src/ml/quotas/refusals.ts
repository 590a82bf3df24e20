import { ArmError } from "../../arm/errors";
import type { ResourceId } from "../../arm/ids";
import { innerServiceRefusal } from "../shared/refusals";
import type { MlServices } from "../shared/services";
import { DEFAULT_LIMIT, needOf, usedCores } from "./records";

interface QuotaRefusal {
  readonly instanceType: string;
  readonly subscriptionId: string;
  /** Cores used by the region's other deployments. */
  readonly used: number;
  readonly limit: number;
  /** Cores that the deployment needs. */
  readonly cores: number;
}

// MicrosoftLearning/mslearn-azure-ml#30
function outOfQuota({ instanceType, subscriptionId, used, limit, cores }: QuotaRefusal): ArmError {
  return innerServiceRefusal(
    `Not enough quota available for ${instanceType} in SubscriptionId ${subscriptionId}. Current usage/limit: ${used}/${limit}. Additional needed: ${cores} Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-outofquota`,
    "VmSize",
    "InferencingClientCreateDeploymentFailed",
  );
}

/** Refuses a deployment whose cores exceed the region's remaining quota. */
export function requireQuota(services: MlServices, id: ResourceId, body: unknown, location: string): void {
  const needed = needOf(body);
  if (needed === undefined) return;
  const others = services.store.all().filter((each) => each.id.toLowerCase() !== id.text.toLowerCase());
  const used = usedCores(others, location).get(needed.family) ?? 0;
  const limit = services.coreLimits[needed.family] ?? DEFAULT_LIMIT;
  if (used + needed.cores <= limit) return;
  throw outOfQuota({ ...needed, subscriptionId: id.subscriptionId, used, limit });
}
