import { recordOf } from "../../components/rollout/record";
import { isServing } from "../../components/rollout/weights";
import type { Weights } from "../../components/rollout/weights";
import { tagsOf } from "../adoption/service";
import { armPathOf } from "../stack/armIds";
import { placeOf, mapIn } from "../stack/exportedStack";
import type { ResourceState, Values } from "../stack/exportedStack";

const ENDPOINT = armPathOf("azure-native:machinelearningservices:OnlineEndpoint");
const ADOPT = '"mlflow-rollout adopt" (docs/adopt.md) brings it under this stack';

/**
 * Why an endpoint was not lost by this stack; undefined if it was, and for other resources.
 *
 * @param outputs - what the provider read
 */
export function whyNotOurs(resource: ResourceState, outputs: Values): string | undefined {
  if (armPathOf(resource.type) !== ENDPOINT) return undefined;
  const { owner, traffic } = recordOf(tagsOf(outputs));
  const { stack, project } = placeOf(resource);
  // `organization/project/stack component`; the organization of a file backend means nothing.
  const [place = ""] = (owner ?? "").split(" ");
  if (owner !== undefined && !place.endsWith(`/${project}/${stack}`)) return `it belongs to ${owner}; ${ADOPT}`;
  const live = { traffic: mapIn(outputs, "properties.traffic") as Weights, mirrorTraffic: {} };
  if (traffic === undefined && isServing(live))
    return `it serves, and this component has not written its weights; ${ADOPT}`;
  return undefined;
}
