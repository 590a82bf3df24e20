import type * as pulumi from "@pulumi/pulumi";

/** A model version; it comes from exactly one of `path`, `uri` and `id`. `docs/models.md` describes each. */
export interface ModelVersionArgs {
  /**
   * Folder of an MLflow model, with `MLmodel` at its root; relative to the program. It is uploaded to the workspace's
   * default datastore, under a prefix made from its content, and registered under this version. A registered version
   * never changes: give changed content a new version.
   *
   * @default - the version comes from `uri` or `id`
   */
  readonly path?: string;
  /**
   * Where an MLflow model is in Azure that has not been registered yet: a job output
   * (`azureml://jobs/<job>/outputs/<output>/paths/<path>`), the artifacts of an MLflow run (`runs:/<run>/<path>`) or a
   * folder of a datastore (`azureml://datastores/<datastore>/paths/<path>`). It is registered under this version.
   *
   * @default - the version comes from `path` or `id`
   */
  readonly uri?: pulumi.Input<string>;
  /**
   * Id of a version that has already been registered: in the workspace by ARM id or as `azureml:<name>:<version>`, in a
   * registry as `azureml://registries/<registry>/models/<name>/versions/<version>`. It is used as it is.
   *
   * @default - the version comes from `path` or `uri`
   */
  readonly id?: pulumi.Input<string>;
  /**
   * Whether the version is archived: Azure then no longer lists it, and deployments that run it keep running. Only for a version
   * that is registered here and that no declared deployment runs.
   * @default false
   */
  readonly archived?: boolean;
}

/** The model, and the versions of it that deployments may run. */
export interface ModelArgs {
  /** Name of the registered model. */
  readonly name: string;
  /**
   * The versions, by their number (`"1"`, `"2"`). Versions stay registered, with their files, when you remove them
   * from the program: a deployment may still need them.
   */
  readonly versions: { readonly [version: string]: ModelVersionArgs };
  /**
   * Has no effect any more, because a model is created with its first version; kept for programs that set it.
   *
   * @deprecated leave it out
   * @default false
   */
  readonly existing?: boolean;
}
