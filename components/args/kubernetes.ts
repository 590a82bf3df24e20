/** Scaling by processor use, done by the Azure ML extension in the cluster. Only for Kubernetes endpoints. */
export interface TargetUtilizationScalingArgs {
  /**
   * Fewest instances, 1 or more.
   *
   * @default 1
   */
  readonly minimumInstanceCount?: number;
  /**
   * Most instances, `minimumInstanceCount` or more, so at least 1.
   */
  readonly maximumInstanceCount: number;
  /**
   * The processor use to aim for, 1 to 100 percent.
   *
   * @default 70
   */
  readonly targetUtilizationPercentage?: number;
  /**
   * Seconds between two measurements, 1 or more.
   *
   * @default 1
   */
  readonly pollingIntervalSeconds?: number;
}

/** What the container of an instance requests from its node, and the most that it may use. Only for Kubernetes endpoints. */
export interface ContainerResourceRequirementsArgs {
  /**
   * What a node must have free for an instance to be placed on it.
   *
   * @default - those of the instance type
   */
  readonly requests?: ContainerResourcesArgs;
  /**
   * The most that an instance may use.
   *
   * @default - those of the instance type
   */
  readonly limits?: ContainerResourcesArgs;
}

/** Quantities as Kubernetes writes them. */
export interface ContainerResourcesArgs {
  /**
   * Processors, such as `"1"` or `"500m"`.
   *
   * @default - as the instance type says
   */
  readonly cpu?: string;
  /**
   * Memory, such as `"2Gi"`.
   *
   * @default - as the instance type says
   */
  readonly memory?: string;
  /**
   * Nvidia cards, such as `"1"`.
   *
   * @default - as the instance type says
   */
  readonly gpu?: string;
}
