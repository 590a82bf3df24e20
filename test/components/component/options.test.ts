import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { declareHeart } from "../../support/heart";
import type { MockedRun, Registered } from "../../support/mocks";
import { temporaryFolder } from "../../support/temporaryFolder";

const THREE = {
  deployments: {
    default: { modelVersion: "1" },
    "xgboost-model-2": { modelVersion: "2" },
    shadow: { modelVersion: "2" },
  },
  traffic: { default: 100 },
};

let run: MockedRun;
beforeAll(async () => {
  ({ run } = await declareHeart(THREE));
});

function namesWhere(holds: (resource: Registered) => boolean): readonly string[] {
  return run.children.filter(holds).map(({ name }) => name);
}

test("every child has the component as its parent", () => {
  expect(namesWhere(({ parent }) => parent !== "heart")).toEqual([]);
});

describe("order", () => {
  test("deployments come one after the other, in the order of the program", () => {
    expect(run.resource("heart-deployment-default").dependencies).not.toContain("heart-deployment-xgboost-model-2");
    expect(run.resource("heart-deployment-xgboost-model-2").dependencies).toContain("heart-deployment-default");
    expect(run.resource("heart-deployment-shadow").dependencies).toContain("heart-deployment-xgboost-model-2");
  });

  test("a deployment comes after its model version and after the endpoint", () => {
    const { dependencies } = run.resource("heart-deployment-default");
    expect(dependencies).toEqual(expect.arrayContaining(["heart-endpoint", "heart-model-1"]));
  });

  test("the traffic step comes after all deployments, and depends on none: on the way back it comes before them", () => {
    const names = run.registered.map(({ name }) => name);
    const deployments = names.filter((name) => name.startsWith("heart-deployment-"));
    expect(deployments).toHaveLength(3);
    expect(names.slice(0, names.indexOf("heart-traffic"))).toEqual(expect.arrayContaining(deployments));
    expect(new Set(run.resource("heart-traffic").dependencies)).toEqual(
      new Set(["heart-endpoint", "heart-suffix", "heart-workspace"]),
    );
  });
});

describe("what a change does", () => {
  test("changes of the endpoint, its path and its place are ignored where they would replace or drop weights", () => {
    const placed = ["resourceGroupName", "workspaceName", "accountName", "location"];
    const ownRules = run.children.filter(({ ignoreChanges }) => !isDeepStrictEqual(ignoreChanges, placed));
    const onDeployment = ["resourceGroupName", "workspaceName", "endpointName", "location"];
    expect(Object.fromEntries(ownRules.map(({ name, ignoreChanges }) => [name, ignoreChanges]))).toEqual({
      "heart-suffix": [],
      "heart-deletion-protection": [],
      "heart-endpoint": ["*"],
      "heart-deployment-default": onDeployment,
      "heart-deployment-xgboost-model-2": onDeployment,
      "heart-deployment-shadow": onDeployment,
      "heart-traffic": ["resourceGroupName", "deploymentName"],
    });
  });

  test("only deployments are deleted with the endpoint; the record of the traffic step would stay behind", () => {
    const deleted = run.children.filter(({ deletedWith }) => deletedWith !== "");
    expect(Object.fromEntries(deleted.map(({ name, deletedWith }) => [name, deletedWith]))).toEqual({
      "heart-deployment-default": "heart-endpoint",
      "heart-deployment-shadow": "heart-endpoint",
      "heart-deployment-xgboost-model-2": "heart-endpoint",
    });
  });

  test("model versions stay in Azure when they leave the program; nothing else does", async () => {
    const path = temporaryFolder({ MLmodel: "flavors: { python_function: {} }" });
    const model = { name: "heart-classifier", versions: { "1": { path } } };
    const own = await declareHeart({ model, deployments: { default: { modelVersion: "1" } }, traffic: {} });
    const retained = own.run.children.filter(({ retainOnDelete }) => retainOnDelete);
    expect(retained.map(({ name }) => name)).toEqual(["heart-model-1"]);
  });

  test("only deployments, which build images, have a time limit of their own", () => {
    const limited = run.children.filter(({ customTimeouts }) => Object.keys(customTimeouts).length > 0);
    const ofDeployments = { create: "90m", update: "90m", delete: "60m" };
    expect(Object.fromEntries(limited.map(({ name, customTimeouts }) => [name, customTimeouts]))).toEqual({
      "heart-deployment-default": ofDeployments,
      "heart-deployment-shadow": ofDeployments,
      "heart-deployment-xgboost-model-2": ofDeployments,
    });
  });

  test("protect of the component reaches its children", async () => {
    const own = await declareHeart({}, { options: { protect: true } });
    expect(own.run.children.filter(({ protect }) => !protect)).toEqual([]);
    const unprotected = namesWhere(({ protect }) => !protect);
    expect(unprotected).toEqual(expect.arrayContaining(["heart-suffix", "heart-deployment-shadow"]));
  });
});

describe("hooks", () => {
  test("are bound where a step can be refused or must be verified, and never to a delete", () => {
    const asked = { beforeCreate: ["heart:lookups"], beforeUpdate: ["heart:lookups"] };
    const bound = run.children.filter(({ hooks }) => !isDeepStrictEqual(hooks, asked));
    const modelVersion = { beforeCreate: ["heart:model-version"], beforeUpdate: ["heart:model-version"] };
    const deployment = {
      beforeCreate: ["heart:before-deployment"],
      beforeUpdate: ["heart:before-deployment"],
      onError: ["heart:deployment-failed"],
    };
    expect(Object.fromEntries(bound.map(({ name, hooks }) => [name, hooks]))).toEqual({
      "heart-suffix": {},
      "heart-deletion-protection": {},
      "heart-workspace": {
        ...asked,
        beforeUpdate: ["heart:before-workspace"],
        onError: ["heart:workspace-failed"],
      },
      "heart-model-1": modelVersion,
      "heart-model-2": modelVersion,
      "heart-deployment-default": deployment,
      "heart-deployment-xgboost-model-2": deployment,
      "heart-deployment-shadow": deployment,
      "heart-endpoint": {
        beforeCreate: ["heart:lookups"],
        beforeUpdate: ["heart:before-endpoint"],
        afterCreate: ["heart:after-endpoint"],
        onError: ["heart:endpoint-failed"],
      },
      "heart-traffic": {
        beforeCreate: ["heart:before-traffic"],
        beforeUpdate: ["heart:before-traffic"],
        afterCreate: ["heart:after-traffic"],
        afterUpdate: ["heart:after-traffic"],
        onError: ["heart:traffic-failed"],
      },
    });
  });

  test("that refuse run in a preview too; those that come after a write do not", () => {
    const [admission, ...others] = run.hooks;
    expect(admission).toEqual({ name: "heart:arguments", onDryRun: true });
    expect(others).toEqual([
      { name: "heart:lookups", onDryRun: true },
      { name: "heart:before-workspace", onDryRun: true },
      { name: "heart:model-version", onDryRun: true },
      { name: "heart:before-deployment", onDryRun: true },
      { name: "heart:before-traffic", onDryRun: true },
      { name: "heart:after-traffic", onDryRun: false },
      { name: "heart:before-endpoint", onDryRun: true },
      { name: "heart:after-endpoint", onDryRun: false },
    ]);
  });
});
