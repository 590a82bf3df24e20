import type * as pulumi from "@pulumi/pulumi";

/** What computes and deployments of a workspace may reach. */
export const IsolationMode = {
  /** No managed network. */
  Disabled: "Disabled",
  /** Everything on the internet; Azure resources over private endpoints where they have them. */
  AllowInternetOutbound: "AllowInternetOutbound",
  /** Only what a rule names. */
  AllowOnlyApprovedOutbound: "AllowOnlyApprovedOutbound",
} as const;
export type IsolationMode = (typeof IsolationMode)[keyof typeof IsolationMode];

/** The size of the firewall that Azure runs for rules with a domain name. */
export const FirewallSku = { Standard: "Standard", Basic: "Basic" } as const;
export type FirewallSku = (typeof FirewallSku)[keyof typeof FirewallSku];

/** The virtual network that Azure runs for the workspace. Source: Azure ML, "how-to-managed-network". */
export interface ManagedNetworkArgs {
  /** Azure cannot change it back to `Disabled`. */
  readonly isolationMode: IsolationMode;
  /**
   * What may be reached in addition to what Azure always allows, by the name of the rule.
   *
   * @default - nothing more
   */
  readonly outboundRules?: { readonly [rule: string]: OutboundRuleArgs };
  /**
   * Whether the package sources of conda and pip may be reached, which Azure needs to build the image of an MLflow model.
   * Only with `AllowOnlyApprovedOutbound`; not needed when every deployment has an `environmentId`.
   *
   * @default true
   */
  readonly allowPackageSources?: boolean;
  /**
   * The size of the firewall that Azure runs for rules with a domain name.
   *
   * @default - Azure's, Standard
   */
  readonly firewallSku?: FirewallSku;
}

/** One rule: exactly one of `fqdn`, `serviceTag` and `privateEndpoint`. */
export interface OutboundRuleArgs {
  /**
   * A domain name, such as `pypi.org` or `*.anaconda.org`. Azure runs a firewall for such rules, which is billed.
   *
   * @default - the rule names something else
   */
  readonly fqdn?: pulumi.Input<string>;
  /**
   * The addresses of an Azure service.
   *
   * @default - the rule names something else
   */
  readonly serviceTag?: ServiceTagRuleArgs;
  /**
   * A resource that is reached through a private endpoint.
   *
   * @default - the rule names something else
   */
  readonly privateEndpoint?: PrivateEndpointRuleArgs;
}

/** The addresses of an Azure service. */
export interface ServiceTagRuleArgs {
  /** Such as `DataFactory`. */
  readonly serviceTag: pulumi.Input<string>;
  /**
   * The protocol, as Azure names it: `TCP`, `UDP`, `ICMP` or `*`.
   *
   * @default TCP
   */
  readonly protocol?: pulumi.Input<string>;
  /**
   * Ports and ranges of them, such as `80, 8080-8089`.
   *
   * @default 443
   */
  readonly portRanges?: pulumi.Input<string>;
}

/** An Azure resource, through a private endpoint that Azure creates in the managed network. */
export interface PrivateEndpointRuleArgs {
  /** ARM id of the resource. */
  readonly serviceResourceId: pulumi.Input<string>;
  /** The part of it that is reached, such as `blob` or `vault`. */
  readonly subresourceTarget: pulumi.Input<string>;
}

/** Where the workspace, and with it the endpoint, is reached in a virtual network of yours. */
export interface PrivateEndpointArgs {
  /** ARM id of the subnet. */
  readonly subnetResourceId: pulumi.Input<string>;
  /**
   * ARM ids of the private DNS zones that its names are registered in: `privatelink.api.azureml.ms` and
   * `privatelink.notebooks.azure.net`.
   *
   * @default - the names are registered elsewhere
   */
  readonly privateDnsZoneResourceIds?: pulumi.Input<string>[];
  /**
   * Azure region of the virtual network.
   *
   * @default - the workspace's
   */
  readonly location?: pulumi.Input<string>;
}
