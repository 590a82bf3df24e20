import type * as inputs from "@pulumi/azure-native/types/input";
import type { ManagedNetworkArgs, OutboundRuleArgs } from "../args";

type OutboundRules = inputs.machinelearningservices.ManagedNetworkSettingsArgs["outboundRules"];
type OutboundRule =
  | inputs.machinelearningservices.FqdnOutboundRuleArgs
  | inputs.machinelearningservices.ServiceTagOutboundRuleArgs
  | inputs.machinelearningservices.PrivateEndpointOutboundRuleArgs;

/**
 * Where conda and pip look for packages. Base images come from Microsoft's registry, which is always allowed. Source:
 * Azure ML, "how-to-secure-workspace-vnet", "Required public internet access".
 */
const PACKAGE_SOURCES: Readonly<Record<string, string>> = {
  "packages-anaconda": "anaconda.com",
  "packages-anaconda-hosts": "*.anaconda.com",
  "packages-conda-channels": "*.anaconda.org",
  "packages-pypi": "pypi.org",
  "packages-pypi-files": "*.pythonhosted.org",
};

/** Whether the workspace has a managed network. */
export function isIsolated(network: ManagedNetworkArgs | undefined): boolean {
  return network !== undefined && network.isolationMode !== "Disabled";
}

/**
 * The managed network, with its rules in the workspace's own body, so they exist before anything is deployed. It is
 * provisioned right away, since Azure refuses online deployments without it.
 */
export function managedNetworkProperties(
  network: ManagedNetworkArgs | undefined,
): Pick<WorkspaceProperties, "managedNetwork" | "provisionNetworkNow"> {
  if (network === undefined) return {};
  if (!isIsolated(network)) return { managedNetwork: { isolationMode: network.isolationMode } };
  const { isolationMode, firewallSku } = network;
  const rules = outboundRules(network);
  return {
    managedNetwork: { isolationMode, ...(firewallSku && { firewallSku }), ...(rules && { outboundRules: rules }) },
    provisionNetworkNow: true,
  };
}

interface WorkspaceProperties {
  readonly managedNetwork?: inputs.machinelearningservices.ManagedNetworkSettingsArgs;
  readonly provisionNetworkNow?: boolean;
}

function outboundRules({
  isolationMode,
  allowPackageSources = isolationMode === "AllowOnlyApprovedOutbound",
  outboundRules: given = {},
}: ManagedNetworkArgs): OutboundRules {
  const packages = Object.entries(allowPackageSources ? PACKAGE_SOURCES : {});
  const rules: (readonly [string, OutboundRule])[] = [
    ...packages.map(([name, fqdn]) => [name, outboundRule({ fqdn })] as const),
    ...Object.entries(given).map(([name, rule]) => [name, outboundRule(rule)] as const),
  ];
  return rules.length === 0 ? undefined : Object.fromEntries(rules);
}

function outboundRule({ fqdn, serviceTag, privateEndpoint }: OutboundRuleArgs): OutboundRule {
  const category = "UserDefined";
  if (serviceTag !== undefined) {
    const { protocol = "TCP", portRanges = "443" } = serviceTag;
    const destination = { serviceTag: serviceTag.serviceTag, protocol, portRanges };
    return { type: "ServiceTag", category, destination };
  }
  if (privateEndpoint !== undefined) {
    return { type: "PrivateEndpoint", category, destination: { ...privateEndpoint, sparkEnabled: false } };
  }
  return { type: "FQDN", category, ...(fqdn !== undefined && { destination: fqdn }) };
}
