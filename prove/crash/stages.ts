import { BLUE, GREEN } from "../../driver/article";

type Weights = Readonly<Record<string, number>>;

/** One command of a rollout: what is declared, what is typed, and the weights that may serve meanwhile. */
export interface CrashStage {
  readonly name: string;
  readonly command: "up" | "destroy";
  /** Config of the project. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly before: Weights;
  readonly after: Weights;
}

const MODELS = { "1": "models/blue", "2": "models/green" };
const [V1, V2] = [{ modelVersion: "1" }, { modelVersion: "2" }];

function weights(green: number): Weights {
  return { [BLUE]: 100 - green, [GREEN]: green };
}

function step(name: string, before: Weights, green: number): CrashStage {
  const config = { modelVersions: MODELS, deployments: { [BLUE]: V1, [GREEN]: V2 }, traffic: weights(green) };
  return { name, command: "up", config, before, after: weights(green) };
}

const RETIRED = { modelVersions: MODELS, deployments: { [GREEN]: V2 } };
const UNPROTECTED = { ...RETIRED, deletionProtection: false };

/** A whole rollout, from nothing to nothing. */
export const CRASH_STAGES: readonly CrashStage[] = [
  {
    name: "create",
    command: "up",
    config: { modelVersions: { "1": MODELS["1"] }, deployments: { [BLUE]: V1 } },
    before: {},
    after: { [BLUE]: 100 },
  },
  step("deploy", { [BLUE]: 100 }, 0),
  step("10 %", weights(0), 10),
  step("50 %", weights(10), 50),
  step("100 %", weights(50), 100),
  { name: "retire", command: "up", config: RETIRED, before: weights(100), after: { [GREEN]: 100 } },
  { name: "unprotect", command: "up", config: UNPROTECTED, before: { [GREEN]: 100 }, after: { [GREEN]: 100 } },
  { name: "destroy", command: "destroy", config: UNPROTECTED, before: { [GREEN]: 100 }, after: {} },
];
