export { ProgressiveMlflowEndpoint } from "./progressiveMlflowEndpoint";
export * from "./args";
export type {
  CommandGateArgs,
  CompareGateArgs,
  ErrorsGateArgs,
  GateArgs,
  HttpGateArgs,
  LatencyGateArgs,
  RequestGateArgs,
} from "./args/gates";
export { WeightsFrom } from "./args/rollout";
export type { MirrorStageArgs, RolloutPlanArgs, RolloutPolicyArgs } from "./args/rollout";
export { readRollout } from "./config/readRollout";
export type { RolloutValues } from "./config/rolloutValues";
export type { ContractVerdict } from "./contract/checkContracts";
export type { GateReport, PlanReport, RolloutReport, RuleReport, WeightChange } from "./hooks/report";
export type { Exposure } from "./rollout/exposure";
export type { Violation } from "./values/violation";
export type { Weights } from "./rollout/weights";
