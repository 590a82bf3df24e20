import type { ArmRequest } from "../../arm/resourceHandler";
import type { Resource, Store } from "../../arm/store";
import { isObject, objectAt, textAt, toText } from "../../common/json";
import { autoscaledCapacity } from "../../monitor/records";
import { documentHead, serviceProperties, systemData } from "../shared/records";
import type { MlServices } from "../shared/services";

const DEFAULT_INSTANCE: Readonly<Record<string, string>> = {
  Managed: "Standard_F4s_v2",
  Kubernetes: "defaultinstancetype",
};
const PROBE = { failureThreshold: 30, initialDelay: "PT10S", period: "PT10S", successThreshold: 1, timeout: "PT2S" };

/** A deployment as Azure returns it during a PUT, with Azure's defaults. */
export function deploymentDocument(
  { clock }: MlServices,
  request: ArmRequest,
  existing: Resource | undefined,
  location: string,
): Record<string, unknown> {
  const { body } = request;
  const given = objectAt(body, "properties");
  const before = objectAt(existing?.document, "properties");
  const sku = isObject(body) && isObject(body["sku"]) ? body["sku"] : {};
  return {
    ...documentHead(request, existing, "onlineEndpoints/deployments", location),
    kind: textAt(body, "kind") ?? toText(given["endpointComputeType"]),
    identity: null,
    sku: { name: "Default", tier: "Standard", capacity: 1, ...sku },
    systemData: systemData(clock, existing?.document),
    properties: {
      description: null,
      model: null,
      modelMountPath: null,
      codeConfiguration: null,
      environmentId: null,
      environmentVariables: {},
      dataCollector: null,
      appInsightsEnabled: false,
      egressPublicNetworkAccess: "Enabled",
      ...given,
      // Reported: a changed size under the same name is silently ignored (Azure/AML-Kubernetes#247).
      instanceType:
        before["instanceType"] ?? given["instanceType"] ?? DEFAULT_INSTANCE[toText(given["endpointComputeType"])],
      requestSettings: {
        maxConcurrentRequestsPerInstance: 1,
        maxQueueWait: "PT0.5S",
        requestTimeout: "PT5S",
        ...objectAt(given, "requestSettings"),
      },
      scaleSettings: { scaleType: "Default", ...objectAt(given, "scaleSettings") },
      livenessProbe: { ...PROBE, ...objectAt(given, "livenessProbe") },
      readinessProbe: { ...PROBE, ...objectAt(given, "readinessProbe") },
      properties: serviceProperties(existing?.document, given, {}),
      // Recorded: a new deployment says Updating, not Creating.
      provisioningState: "Updating",
    },
  };
}

/** Applies a deployment's autoscale setting, if it has one, to its instance count. */
export function applyAutoscale(store: Store, deployment: Resource): void {
  const sku = objectAt(deployment.document, "sku");
  const capacity = autoscaledCapacity(store, deployment.id, Number(sku["capacity"] ?? 1));
  if (capacity === sku["capacity"]) return;
  deployment.document = { ...deployment.document, sku: { ...sku, capacity } };
  store.touch();
}
