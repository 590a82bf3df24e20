import { BLUE, GREEN } from "../../../driver/article";
import { inject } from "../../../driver/faults";
import type { FolderWorld } from "../folder";
import { STEPPED } from "../program";
import { typedCases } from "./typedCases";
import type { TypedCase } from "./typedCases";

export const RECOVER = "npx mlflow-rollout recover --yes --skip-preview";
/** The next update fails and names the command that mends it. */
const LOST = {
  commands: ["pulumi up"],
  ends: "fails",
  says: [/recover/],
  goesOn: { todo: "`npx mlflow-rollout recover`", prepare: () => undefined, command: RECOVER },
} as const;
const NOT_FOUND = { status: 404, body: { error: { code: "ResourceNotFound", message: "not found" } } };

/** Takes resources out of the state alone. */
function deletes(what: string, urn: string): TypedCase {
  const given = async (world: FolderWorld): Promise<void> => {
    await world.type(`pulumi state delete ${urn} --target-dependents --force`);
  };
  return { name: `deletes ${what} from the state`, given, writes: 0, ...LOST };
}

/** A refresh takes what it cannot find out of the state. */
function refreshesBlind(what: string, reads: string): TypedCase {
  const given = async (world: FolderWorld): Promise<void> => {
    await inject(world.azure, { match: `^GET .*${reads}$`, effect: { http: NOT_FOUND }, times: 1000 });
    await world.type("pulumi refresh");
    await world.calm();
  };
  return { name: `refreshes while reads of ${what} answer 404`, given, writes: 0, ...LOST };
}

/** Config with a third deployment. */
function withThird(world: FolderWorld): Readonly<Record<string, unknown>> {
  const { deployments, modelVersions } = world.usualConfig as Record<string, object>;
  return {
    deployments: { ...deployments, third: { modelVersion: "2" } },
    modelVersions,
    candidate: undefined,
    candidateTraffic: undefined,
    traffic: { [BLUE]: 90, [GREEN]: 10, third: 0 },
  };
}

/** States that do not know what Azure has, and the command that mends them. */
export const lostState = typedCases("state that was lost", [
  deletes("the traffic step", "urn:heart-traffic"),
  deletes("a deployment that serves", `urn:heart-deployment-${BLUE}`),
  deletes("the endpoint and all that depends on it", "urn:heart-endpoint"),
  refreshesBlind("a deployment that serves", `/deployments/${BLUE}`),
  refreshesBlind("the endpoint", "/onlineEndpoints/[^/]+"),
  {
    name: "puts the state of before a step back",
    given: async (world) => {
      await world.type("pulumi stack export --file before.json");
      await world.type("pulumi up -c candidateTraffic=20");
      await world.type("pulumi stack import --file before.json");
    },
    ends: "succeeds",
    live: STEPPED,
  },
  {
    name: "puts the state of before a deployment back",
    given: async (world) => {
      await world.type("pulumi stack export --file before.json");
      world.configure(withThird(world));
      await world.type("pulumi up");
      await world.type("pulumi stack import --file before.json");
    },
    ...LOST,
  },
  {
    name: "loses the connection while a deployment is created",
    does: async (world) => {
      world.configure(withThird(world));
      await world.azure.clock({ speed: 60 });
      await inject(world.azure, { match: "^PUT .*/deployments/third$", effect: { drop: "reply" }, times: 1 });
    },
    ...LOST,
  },
]);
