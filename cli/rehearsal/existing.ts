import { isMap } from "../../components/values/shape";
import { textIn } from "../stack/exportedStack";
import { HIDDEN, UNKNOWN } from "../stack/previewedStack";
import type { PlannedStep } from "../stack/previewedStack";

/** What a program expects to be there, and an empty local Azure does not have. */
export interface ExistingParts {
  readonly resourceGroup: string;
  /** Undefined where the program makes its own. */
  readonly workspace: string | undefined;
  readonly location: string;
}

const DEFAULT_LOCATION = "westeurope";
const GROUP = /^azure-native:resources(?:\/[^:]+)?:ResourceGroup$/;

/**
 * The resource group and the workspace that a component names and its program does not make.
 *
 * @param steps - of a preview, as far as it came
 * @param inputs - of the component
 * @param location - of the provider, where the component has none
 */
export function existingParts(
  steps: readonly PlannedStep[],
  inputs: unknown,
  location: string | undefined,
): ExistingParts | undefined {
  const resourceGroup = known(textIn(inputs, "resourceGroupName"));
  if (resourceGroup === undefined || steps.some((step) => makesGroup(step, resourceGroup))) return undefined;
  return {
    resourceGroup,
    workspace: known(textIn(inputs, "workspace.existingName")),
    location: known(textIn(inputs, "location")) ?? location ?? DEFAULT_LOCATION,
  };
}

/** A PUT to Azure Resource Manager. */
export interface ArmDocument {
  readonly id: string;
  /** API version. */
  readonly version: string;
  readonly document: object;
}

/** How they are made, with as little in them as Azure asks for; in order. */
export function documentsOf(
  { resourceGroup, workspace, location }: ExistingParts,
  { subscriptionId, tenantId }: { readonly subscriptionId: string; readonly tenantId: string },
): readonly ArmDocument[] {
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  const [storageAccount, keyVault, applicationInsights] = [
    `${group}/providers/Microsoft.Storage/storageAccounts/rehearsal`,
    `${group}/providers/Microsoft.KeyVault/vaults/rehearsal`,
    `${group}/providers/Microsoft.Insights/components/rehearsal`,
  ] as const;
  const put = (id: string, version: string, document: object): ArmDocument => ({
    id,
    version,
    document: { location, ...document },
  });
  const made = put(group, "2024-03-01", {});
  if (workspace === undefined) return [made];
  const vault = { tenantId, sku: { family: "A", name: "standard" }, accessPolicies: [] };
  return [
    made,
    put(storageAccount, "2023-05-01", { kind: "StorageV2", sku: { name: "Standard_LRS" }, properties: {} }),
    put(keyVault, "2023-07-01", { properties: vault }),
    put(applicationInsights, "2020-02-02", { kind: "web", properties: { Application_Type: "web" } }),
    put(`${group}/providers/Microsoft.MachineLearningServices/workspaces/${workspace}`, "2025-12-01", {
      identity: { type: "SystemAssigned" },
      properties: { storageAccount, keyVault, applicationInsights },
    }),
  ];
}

function makesGroup({ newState }: PlannedStep, name: string): boolean {
  const { type = "", inputs } = newState ?? {};
  return GROUP.test(type) && isMap(inputs) && inputs["resourceGroupName"] === name;
}

function known(text: string | undefined): string | undefined {
  return text === UNKNOWN || text === HIDDEN || text === "" ? undefined : text;
}
