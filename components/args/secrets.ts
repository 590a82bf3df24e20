import type * as pulumi from "@pulumi/pulumi";

/** The keys of an endpoint; both are valid at any time. */
export const KeyType = { Primary: "Primary", Secondary: "Secondary" } as const;
export type KeyType = (typeof KeyType)[keyof typeof KeyType];

/** A key vault secret that holds a key of the endpoint and follows its rotation with each `pulumi up`. */
export interface KeySecretArgs {
  /** ARM id of the key vault; in the subscription of the provider. */
  readonly keyVaultResourceId: pulumi.Input<string>;
  /**
   * Name of the secret: 1 to 127 letters, digits and dashes.
   *
   * @default - the endpoint's name and `-key`
   */
  readonly secretName?: pulumi.Input<string>;
  /**
   * Which key it holds. To rotate without a refused request, renew the other key and change this.
   *
   * @default Primary
   */
  readonly keyType?: KeyType;
}
