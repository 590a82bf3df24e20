import type { ModelledAzure } from "./modelledAzure";
import type { Program } from "./programs";
import type { EngineState } from "./snapshot";

/**
 * The state after a killed run as `mlflow-rollout recover` leaves it: finished creates are adopted, missing resources
 * are removed.
 */
export function recoveredState(azure: ModelledAzure, state: EngineState, program: Program): EngineState {
  const { endpoint, deployments, template } = azure;
  const created = Object.entries(deployments).filter(
    ([name]) => name in program.deployments && !(name in state.deployments),
  );
  const kept = Object.entries(state.deployments).filter(([name]) => name in deployments);
  return {
    endpoint: endpoint !== undefined,
    deployments: Object.fromEntries([...kept, ...created]),
    step: state.step ?? template,
  };
}
