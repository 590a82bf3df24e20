/** Scaling on the use of the processor, by the Azure ML extension in the cluster. Only for Kubernetes endpoints. */
export interface TargetUtilizationScalingArgs {
  /**
   * Fewest instances, 1 or more.
   *
   * @default 1
   */
  readonly minimumInstanceCount?: number;
  /** Most instances, `minimumInstanceCount` or more. */
  readonly maximumInstanceCount: number;
  /**
   * Use of the instances that is aimed at, 1 to 100 percent.
   *
   * @default 70
   */
  readonly targetUtilizationPercentage?: number;
  /**
   * Seconds between two looks at the use, 1 or more.
   *
   * @default 1
   */
  readonly pollingIntervalSeconds?: number;
}

/** What the container of an instance asks of its node, and what it may use at the most. Only for Kubernetes endpoints. */
export interface ContainerResourceRequirementsArgs {
  /** @default - those of the instance type */
  readonly requests?: ContainerResourcesArgs;
  /** @default - those of the instance type */
  readonly limits?: ContainerResourcesArgs;
}

/** Quantities as Kubernetes writes them. */
export interface ContainerResourcesArgs {
  /** Processors, such as `"1"` or `"500m"`. */
  readonly cpu?: string;
  /** Memory, such as `"2Gi"`. */
  readonly memory?: string;
  /** Nvidia cards, such as `"1"`. */
  readonly gpu?: string;
}
