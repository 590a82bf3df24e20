import { BLUE, GREEN } from "../../../driver/article";
import { DEPLOYMENTS, MODEL, SERVED, VERIFY_SECONDS, declareHeart } from "../testbed/program";
import { inlineCases } from "./inlineCases";

const OTHER_NAMES = { "heart-blue": { modelVersion: "1" }, [GREEN]: { modelVersion: "2" } };

const IDENTITY =
  "/subscriptions/10ca1000-0000-4000-8000-000000000001/resourceGroups/rg-heart/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer";

/** Changes of what a program that serves declares of the endpoint itself, its deployments and its model. */
export const changes = inlineCases("the program is edited", [
  {
    name: "shifts everything to the other deployment and removes the first one in the same update",
    program: () => declareHeart({ deployments: { [GREEN]: { modelVersion: "2" } }, traffic: { [GREEN]: 100 } }),
    says: [BLUE, "pulumi up"],
  },
  {
    name: "removes the candidate while it has weight",
    program: () => declareHeart({ deployments: { [BLUE]: { modelVersion: "1" } }, traffic: { [BLUE]: 100 } }),
    says: [GREEN, "pulumi up"],
    wayOut: {
      todo: "declare it with weight 0 and run `pulumi up`; then remove it",
      prepare: (testbed) => void (testbed.program = () => declareHeart({ traffic: { [BLUE]: 100, [GREEN]: 0 } })),
      live: { [BLUE]: 100 },
    },
  },
  {
    name: "takes too large a step and changes the tags in the same update",
    program: () =>
      declareHeart({
        policy: { maxIncrease: 20, verifyTimeoutSeconds: VERIFY_SECONDS },
        tags: { team: "cardiology" },
        traffic: { [BLUE]: 50, [GREEN]: 50 },
      }),
    says: ["policy.maxIncrease"],
  },
  {
    name: "gives a deployment that serves another name",
    program: () => declareHeart({ deployments: OTHER_NAMES, traffic: { "heart-blue": 90, [GREEN]: 10 } }),
    says: ["heart-blue"],
  },
  {
    name: "writes the name of a deployment that serves in another case",
    program: () =>
      declareHeart({
        deployments: { Default: { modelVersion: "1" }, [GREEN]: { modelVersion: "2" } },
        traffic: { Default: 90, [GREEN]: 10 },
      }),
    says: ["Default"],
  },
  {
    name: "writes the deployments in another order",
    program: () => declareHeart({ deployments: { [GREEN]: { modelVersion: "2" }, [BLUE]: { modelVersion: "1" } } }),
    ends: "succeeds",
    writes: 0,
  },
  {
    name: "gives a deployment that serves another model version",
    program: () => declareHeart({ deployments: { ...DEPLOYMENTS, [BLUE]: { modelVersion: "2" } } }),
    says: [`deployments.${BLUE}.modelVersion`],
  },
  {
    name: "gives a deployment that serves another instance type",
    program: () =>
      declareHeart({
        deployments: { ...DEPLOYMENTS, [GREEN]: { modelVersion: "2", instanceType: "Standard_F4s_v2" } },
      }),
    says: [`deployments.${GREEN}.instanceType`],
  },
  {
    name: "gives the model another name",
    program: () => declareHeart({ model: { ...MODEL, name: "cardio-classifier" } }),
    says: ["model.name: heart-classifier -> cardio-classifier: it serves as default, xgboost-model-2"],
  },
  {
    name: "takes the version that serves out of the model",
    program: () => declareHeart({ model: { ...MODEL, versions: { "2": { path: "models/green" } } } }),
    says: [`deployments.${BLUE}.modelVersion`],
  },
  {
    name: "puts the folder of another model under the version that serves",
    program: () =>
      declareHeart({ model: { ...MODEL, versions: { ...MODEL.versions, "1": { path: "models/green" } } } }),
    says: ["1"],
  },
  {
    name: "sets all weights to 0",
    program: () => declareHeart({ traffic: { [BLUE]: 0, [GREEN]: 0 } }),
    says: ["all weights are 0 while the endpoint serves"],
  },
  {
    name: "hardens the endpoint that serves",
    program: () => declareHeart({ hardened: true }),
    says: ["hardened"],
  },
  {
    name: "moves the endpoint to a Kubernetes cluster",
    does: async (testbed) => {
      const compute = `${await testbed.idOf("MachineLearningServices/workspaces")}/computes/cluster`;
      testbed.program = () => declareHeart({ compute });
    },
    says: [/compute: none -> |compute/],
  },
  {
    name: "gives the endpoint another identity",
    program: () => declareHeart({ managedIdentities: { userAssignedResourceIds: [IDENTITY] } }),
    says: ["managedIdentities"],
  },
  {
    name: "scales a deployment that serves",
    program: () => declareHeart({ deployments: { ...DEPLOYMENTS, [BLUE]: { modelVersion: "1", instanceCount: 3 } } }),
    ends: "succeeds",
    writes: 1,
  },
  {
    name: "changes the tags",
    program: () => declareHeart({ tags: { team: "cardiology" } }),
    ends: "succeeds",
  },
  {
    name: "gives the same weights in words that mean the same",
    program: () => declareHeart({ traffic: { [GREEN]: 10, [BLUE]: SERVED[BLUE] ?? 0 }, mirrorTraffic: {} }),
    ends: "succeeds",
    writes: 0,
  },
]);
