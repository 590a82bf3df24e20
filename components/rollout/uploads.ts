/** Why a model folder cannot be uploaded, and what to do; source: github.com/pulumi/pulumi-azure-native/issues/2015. */
export const UPLOAD_NEEDS_KEYS =
  "Pulumi's upload needs them (pulumi-azure-native issue 2015); in place of path give a uri (the output of a job) or an id (a registered version, of the workspace or of a registry)";
