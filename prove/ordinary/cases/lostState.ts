import { BLUE, GREEN } from "../../../driver/article";
import { injectFaults } from "../../../driver/faults";
import type { FolderTestbed } from "../testbed/folderTestbed";
import { STEPPED } from "../testbed/program";
import { typedCases } from "./typedCases";
import type { TypedCase } from "./typedCases";

export const RECOVER_COMMAND = "npx mlflow-rollout recover --yes --skip-preview";
/** The next update fails and names the command that mends it. */
const LOST = {
  commands: ["pulumi up"],
  ends: "fails",
  says: [/recover/],
  wayOut: { todo: "`npx mlflow-rollout recover`", prepare: () => undefined, command: RECOVER_COMMAND },
} as const;
const NOT_FOUND = { status: 404, body: { error: { code: "ResourceNotFound", message: "not found" } } };

/** Takes resources out of the state alone. */
function deletes(what: string, urn: string): TypedCase {
  const before = async (testbed: FolderTestbed): Promise<void> => {
    await testbed.type(`pulumi state delete ${urn} --target-dependents --force`);
  };
  return { name: `deletes ${what} from the state`, before, writes: 0, ...LOST };
}

/** A refresh takes what it cannot find out of the state. */
function refreshesBlind(what: string, reads: string): TypedCase {
  const before = async (testbed: FolderTestbed): Promise<void> => {
    await injectFaults(testbed.azure, { match: `^GET .*${reads}$`, effect: { http: NOT_FOUND }, times: 1000 });
    await testbed.type("pulumi refresh");
    await testbed.calm();
  };
  return { name: `refreshes while reads of ${what} answer 404`, before, writes: 0, ...LOST };
}

/** Config with a third deployment. */
function withThird(testbed: FolderTestbed): Readonly<Record<string, unknown>> {
  const { deployments, modelVersions } = testbed.usualConfig as Record<string, object>;
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
    before: async (testbed) => {
      await testbed.type("pulumi stack export --file before.json");
      await testbed.type("pulumi up -c candidateTraffic=20");
      await testbed.type("pulumi stack import --file before.json");
    },
    ends: "succeeds",
    live: STEPPED,
  },
  {
    name: "puts the state of before a deployment back",
    before: async (testbed) => {
      await testbed.type("pulumi stack export --file before.json");
      testbed.configure(withThird(testbed));
      await testbed.type("pulumi up");
      await testbed.type("pulumi stack import --file before.json");
    },
    ...LOST,
  },
  {
    name: "loses the connection while a deployment is created",
    does: async (testbed) => {
      testbed.configure(withThird(testbed));
      await testbed.azure.clock({ speed: 60 });
      await injectFaults(testbed.azure, { match: "^PUT .*/deployments/third$", effect: { drop: "reply" }, times: 1 });
    },
    ...LOST,
  },
]);
