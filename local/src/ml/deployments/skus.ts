import { resourceNotFound } from "../../arm/errors";
import type { ResourceHandler } from "../../arm/resourceHandler";
import type { MlServices } from "../shared/services";
import { listReply } from "../../lists/list";

/** "how-to-manage-quotas": instances of a deployment. */
const MOST = 50;

/** `deployments/{d}/skus`: to how many instances a deployment can be scaled. */
export function deploymentSkus({ store, url }: MlServices): ResourceHandler {
  const sku = {
    resourceType: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
    sku: { name: "Default", tier: "Standard" },
    capacity: { minimum: 1, maximum: MOST, default: 1, scaleType: "Manual" },
  };
  return {
    list: (request) => {
      if (store.get(request.id.text) === undefined) throw resourceNotFound(request.id);
      return listReply(url, request, [sku], { size: ["count"] });
    },
  };
}
