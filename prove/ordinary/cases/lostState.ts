import { BLUE, GREEN } from "../../../demo/article";
import { inject } from "../../../test/support/faults";
import { STEPPED } from "../program";
import { typedCases } from "./typedCases";

const RECOVER = "npx mlflow-rollout recover --yes --skip-preview";
const recovered = { todo: "`npx mlflow-rollout recover`", prepare: () => undefined, command: RECOVER };

/** States that do not know what Azure has, and the command that mends them. */
export const lostState = typedCases("state that was lost", [
  {
    name: "deletes the traffic step from the state",
    given: async (world) => {
      await world.type("pulumi state delete urn:heart-traffic --target-dependents --force");
    },
    commands: ["pulumi up"],
    ends: "fails",
    writes: 0,
    says: [/recover/],
    goesOn: recovered,
  },
  {
    name: "deletes a deployment that serves from the state",
    given: async (world) => {
      await world.type(`pulumi state delete urn:heart-deployment-${BLUE} --target-dependents --force`);
    },
    commands: ["pulumi up"],
    ends: "fails",
    writes: 0,
    says: [/recover/],
    goesOn: recovered,
  },
  {
    name: "deletes the endpoint and all that depends on it from the state",
    given: async (world) => {
      await world.type("pulumi state delete urn:heart-endpoint --target-dependents --force");
    },
    commands: ["pulumi up"],
    ends: "fails",
    writes: 0,
    says: [/recover/],
    goesOn: recovered,
  },
  {
    name: "refreshes while reads of a deployment that serves answer 404",
    given: async (world) => {
      await inject(world.azure, {
        match: `^GET .*/deployments/${BLUE}$`,
        effect: { http: { status: 404, body: { error: { code: "ResourceNotFound", message: "not found" } } } },
        times: 1000,
      });
      await world.type("pulumi refresh");
      await world.calm();
    },
    commands: ["pulumi up"],
    ends: "fails",
    writes: 0,
    says: [/recover/],
    goesOn: recovered,
  },
  {
    name: "refreshes while reads of the endpoint answer 404",
    given: async (world) => {
      await inject(world.azure, {
        match: "^GET .*/onlineEndpoints/[^/]+$",
        effect: { http: { status: 404, body: { error: { code: "ResourceNotFound", message: "not found" } } } },
        times: 1000,
      });
      await world.type("pulumi refresh");
      await world.calm();
    },
    commands: ["pulumi up"],
    ends: "fails",
    writes: 0,
    says: [/recover/],
    goesOn: recovered,
  },
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
      const { deployments, modelVersions } = world.usualConfig as Record<string, object>;
      world.configure({
        deployments: { ...deployments, third: { modelVersion: "2" } },
        modelVersions,
        candidate: undefined,
        candidateTraffic: undefined,
        traffic: { [BLUE]: 90, [GREEN]: 10, third: 0 },
      });
      await world.type("pulumi up");
      await world.type("pulumi stack import --file before.json");
    },
    commands: ["pulumi up"],
    ends: "fails",
    says: [/recover/],
    goesOn: recovered,
  },
  {
    name: "loses the connection while a deployment is created",
    does: async (world) => {
      const { deployments } = world.usualConfig as Record<string, object>;
      world.configure({
        deployments: { ...deployments, third: { modelVersion: "2" } },
        candidate: undefined,
        candidateTraffic: undefined,
        traffic: { [BLUE]: 90, [GREEN]: 10, third: 0 },
      });
      await world.azure.clock({ speed: 60 });
      await inject(world.azure, { match: "^PUT .*/deployments/third$", effect: { drop: "reply" }, times: 1 });
    },
    commands: ["pulumi up"],
    ends: "fails",
    says: [/recover/],
    goesOn: recovered,
  },
]);
