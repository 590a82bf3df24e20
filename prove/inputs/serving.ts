import { BLUE, GREEN } from "../../driver/article";
import type { BadInput, Values } from "./badInput";

/** Config of the stack that every bad input is previewed on: both deployments serve. */
export const SERVING: Values = {
  modelVersions: { "1": "models/blue", "2": "models/green" },
  deployments: { [BLUE]: { modelVersion: "1" }, [GREEN]: { modelVersion: "2" } },
  traffic: { [BLUE]: 90, [GREEN]: 10 },
};

/** The config of a bad input. */
export function badConfig({ config }: Pick<BadInput, "config">): Values {
  return Object.fromEntries(Object.entries({ ...SERVING, ...config }).filter(([, value]) => value !== undefined));
}

/** Deployments of the serving stack with a change of one. */
export function withDeployment(deployment: string, change: Values): Values {
  const deployments = SERVING["deployments"] as Readonly<Record<string, Values>>;
  return { deployments: { ...deployments, [deployment]: { ...deployments[deployment], ...change } } };
}
