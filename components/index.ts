export { ProgressiveMlflowEndpoint } from "./progressiveMlflowEndpoint";
export { EndpointAuthMode, PublicNetworkAccess } from "./args";
export type { DeploymentArgs, ModelArgs, ModelVersionArgs, ProgressiveMlflowEndpointArgs, WorkspaceArgs } from "./args";
export type { RolloutPolicyArgs } from "./rollout/policy";
export { readRollout } from "./config/readRollout";
export type { RolloutValues } from "./config/rolloutValues";
