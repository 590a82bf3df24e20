import type { ProgressiveMlflowEndpointArgs } from "../args";
import { checkMirrorTraffic, checkTraffic } from "../rollout/trafficRules";
import type { Violation } from "../values/violation";
import type { Weights } from "../rollout/weights";
import { isKnownMap } from "./literals";

/** The declared weights, with every deployment named; a single deployment without weights gets 100. */
export function declaredTraffic(args: ProgressiveMlflowEndpointArgs): Weights {
  const names = Object.keys(args.deployments);
  const traffic = givenTraffic(args) ?? (names.length === 1 ? { [names[0] ?? ""]: 100 } : {});
  return { ...Object.fromEntries(names.map((name) => [name, 0])), ...traffic };
}

/** An empty map gives no weights. */
function givenTraffic({ traffic }: ProgressiveMlflowEndpointArgs): Weights | undefined {
  return isKnownMap(traffic) && Object.keys(traffic).length === 0 ? undefined : traffic;
}

export function checkWeights(args: ProgressiveMlflowEndpointArgs): Violation[] {
  const { deployments, mirrorTraffic = {} } = args;
  const names = isKnownMap(deployments) ? Object.keys(deployments) : undefined;
  const given = givenTraffic(args);
  const traffic = given === undefined ? (names ? declaredTraffic(args) : {}) : given;
  return [
    ...(given === undefined ? checkGiven(names ?? []) : []),
    ...checkTraffic(traffic, names),
    ...checkMirrorTraffic(mirrorTraffic, traffic, names),
  ];
}

function checkGiven(names: readonly string[]): Violation[] {
  if (names.length < 2) return [];
  const example = names.map((name, index) => `${JSON.stringify(name)}: ${index === 0 ? 100 : 0}`).join(", ");
  const reason = `is missing; with ${names.length} deployments say what each gets, such as { ${example} }`;
  return [{ path: "traffic", reason }];
}
