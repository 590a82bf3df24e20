import type * as pulumi from "@pulumi/pulumi";

/** Where a model version comes from: exactly one of `path`, `uri` and `id`. */
export interface ModelVersionArgs {
  /**
   * Folder of an MLflow model, with `MLmodel` at its root; relative to the program. It is uploaded under a prefix made
   * from its content and registered under this version. A registered version never changes: give changed content a
   * new version.
   */
  readonly path?: string;
  /** `azureml://` URI of an MLflow model that is in Azure already, such as a job output; it is registered. */
  readonly uri?: pulumi.Input<string>;
  /** Id of a registered version, in the workspace (ARM id) or a registry (`azureml://registries/...`); used as it is. */
  readonly id?: pulumi.Input<string>;
}

/** The model and those of its versions that deployments may run. */
export interface ModelArgs {
  /** Name of the registered model. */
  readonly name: string;
  /**
   * The versions, by their number (`"1"`, `"2"`). Versions stay registered, with their files, when they leave the
   * program: a deployment may still need them.
   */
  readonly versions: { readonly [version: string]: ModelVersionArgs };
  /**
   * Whether the model name is registered in the workspace already, so that only versions are added to it.
   *
   * @default false
   */
  readonly existing?: boolean;
}
