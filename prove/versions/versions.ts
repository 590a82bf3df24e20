/** Packages beside which the component is installed. */
export interface Packages {
  readonly "@pulumi/pulumi": string;
  readonly "@pulumi/azure-native": string;
  readonly "@pulumi/random": string;
}

/** The oldest that package.json's peer ranges allow, and the newest there were when this was written. */
export const PACKAGES = {
  floor: { "@pulumi/pulumi": "3.245.0", "@pulumi/azure-native": "3.15.0", "@pulumi/random": "4.15.0" },
  newest: { "@pulumi/pulumi": "3.276.0", "@pulumi/azure-native": "3.28.0", "@pulumi/random": "4.21.2" },
} as const satisfies Record<string, Packages>;

/** Versions of the Pulumi CLI; the one that is too old is the newest below the floor that can be built. */
export const CLIS = { floor: "3.245.0", newest: "3.276.0", tooOld: "3.232.0" } as const;

export type CliName = keyof typeof CLIS;
