/** One deployment: a model version on its own machines. */
export interface DeploymentArgs {
  /** The version it runs, one of `model.versions`. Fixed while the deployment has live or mirrored weight. */
  readonly modelVersion: string;
  /**
   * Size of its machines. Azure cannot change it: use another deployment name for another size.
   *
   * @default Standard_DS3_v2
   */
  readonly instanceType?: string;
  /**
   * Number of machines, 1 to 50. May change while the deployment serves; Microsoft advises 3 in production.
   *
   * @default 1
   */
  readonly instanceCount?: number;
  /**
   * Why callers of the stable deployment can cope with a model that breaks what they send, in words. Only with it the
   * deployment gets weight then.
   *
   * @default - a model that breaks its callers gets no weight
   */
  readonly acceptContract?: string;
}
