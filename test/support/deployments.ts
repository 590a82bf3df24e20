import type { Inputs } from "../../components/hooks/hookInputs";
import { HEART_PATH, liveEndpoint } from "./hooks";

export const STEP = { default: 90, green: 10, shadow: 0 };
export const LIVE = liveEndpoint({
  traffic: { default: 100 },
  mirrorTraffic: { shadow: 10 },
  recorded: "default=100, mirror shadow=10",
});
const V1 = "azureml://registries/r/models/heart/versions/1";
export const V2 = "azureml://registries/r/models/heart/versions/2";

/** A deployment as a program declares it. */
export function deployment(deploymentName: string, properties: Inputs = {}, others: Inputs = {}): Inputs {
  const scaleSettings = { scaleType: "Default" };
  const tested = { model: V1, instanceType: "Standard_DS3_v2", scaleSettings, ...properties };
  return { ...HEART_PATH, deploymentName, sku: { capacity: 1 }, ...others, properties: tested };
}

/** A deployment as Azure has it, by what differs from the declared one. */
export function liveDeployment(properties: Inputs = {}, capacity = 1): Inputs {
  const { properties: declared } = deployment("default");
  return { sku: { capacity }, properties: { provisioningState: "Succeeded", ...(declared as Inputs), ...properties } };
}

export const ANSWERS = { getOnlineEndpoint: LIVE, getOnlineDeployment: liveDeployment() };
