import { BLUE, GREEN } from "../../driver/article";
import { wrongTypeMessage } from "./badInput";
import type { BadInput } from "./badInput";
import { withDeployment } from "./serving";

const TOO_MANY = Array.from({ length: 19 }, (_, index) => `model-${index}`);

/** The deployments and their settings. */
export const BAD_DEPLOYMENTS: readonly BadInput[] = [
  {
    name: "no deployment",
    config: { deployments: {}, traffic: undefined },
    refusedBy: "arguments",
    lines: ['deployments: has no deployment; add one such as default: { modelVersion: "1" }'],
  },
  {
    name: "deployments as a list",
    config: { deployments: [BLUE, GREEN] },
    byPulumi: wrongTypeMessage("deployments", "object"),
    refusedBy: "stack config",
    lines: ['deployments: must be a map such as {"default": {"modelVersion": "1"}}, got ["default","xgboost-model-2"]'],
  },
  {
    name: "a deployment that is only a version",
    config: { deployments: { [BLUE]: "1", [GREEN]: { modelVersion: "2" } } },
    refusedBy: "arguments",
    lines: ['deployments.default: must be { modelVersion: ... }, got "1"'],
  },
  {
    name: "a name of one letter",
    config: withDeployment("x", { modelVersion: "1" }),
    refusedBy: "arguments",
    lines: [
      'deployments.x: "x" is not a valid name; use 3 to 32 letters, digits and dashes, a letter first and no dash last',
    ],
  },
  {
    name: "a name with underscores",
    config: withDeployment("xgboost_model_3", { modelVersion: "2" }),
    refusedBy: "arguments",
    lines: [
      'deployments.xgboost_model_3: "xgboost_model_3" is not a valid name; use 3 to 32 letters, digits and dashes, a letter first and no dash last',
    ],
  },
  {
    name: "a name of 33 characters",
    config: withDeployment("a".repeat(33), { modelVersion: "2" }),
    refusedBy: "arguments",
    lines: [
      'deployments.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" is not a valid name; use 3 to 32 letters, digits and dashes, a letter first and no dash last',
    ],
  },
  {
    name: "two names that differ in case only",
    // Config has its keys in the order of their letters, capitals first.
    config: {
      deployments: { Default: { modelVersion: "1" }, [BLUE]: { modelVersion: "1" }, [GREEN]: { modelVersion: "2" } },
    },
    refusedBy: "arguments",
    lines: [
      "deployments.default: differs from Default only in case, and Azure treats them as the same; give it another name",
    ],
  },
  {
    name: "21 deployments",
    config: {
      deployments: Object.fromEntries([BLUE, GREEN, ...TOO_MANY].map((name) => [name, { modelVersion: "1" }])),
    },
    refusedBy: "arguments",
    lines: ["deployments: has 21 deployments; an endpoint can have at most 20, remove 1"],
  },
  {
    name: "a deployment without a model version",
    config: withDeployment(GREEN, { modelVersion: undefined }),
    refusedBy: "arguments",
    lines: ["deployments.xgboost-model-2.modelVersion: is missing; give one of model.versions: 1, 2"],
  },
  {
    name: "a model version that is not declared",
    config: withDeployment(GREEN, { modelVersion: "3" }),
    refusedBy: "arguments",
    lines: ['deployments.xgboost-model-2.modelVersion: "3" is not in model.versions; use 1 or 2, or declare it there'],
  },
  {
    name: "a label in place of a model version",
    config: withDeployment(GREEN, { modelVersion: "latest" }),
    refusedBy: "arguments",
    lines: ['deployments.xgboost-model-2.modelVersion: "latest" is not in model.versions; use 1 or 2'],
  },
  {
    name: "a truth value in place of a model version",
    config: withDeployment(GREEN, { modelVersion: true }),
    refusedBy: "arguments",
    lines: ["deployments.xgboost-model-2.modelVersion: must be text, got true"],
  },
  {
    name: "no machine",
    config: withDeployment(GREEN, { instanceCount: 0 }),
    refusedBy: "arguments",
    lines: ["deployments.xgboost-model-2.instanceCount: must be a whole number from 1 to 50, got 0"],
  },
  {
    name: "two and a half machines",
    config: withDeployment(GREEN, { instanceCount: 2.5 }),
    refusedBy: "arguments",
    lines: ["deployments.xgboost-model-2.instanceCount: must be a whole number from 1 to 50, got 2.5"],
  },
  {
    name: "51 machines",
    config: withDeployment(GREEN, { instanceCount: 51 }),
    refusedBy: "arguments",
    lines: ["deployments.xgboost-model-2.instanceCount: must be a whole number from 1 to 50, got 51"],
  },
  {
    name: "a number of machines in quotes",
    config: withDeployment(GREEN, { instanceCount: "2" }),
    refusedBy: "arguments",
    lines: ['deployments.xgboost-model-2.instanceCount: must be a whole number from 1 to 50, got "2"'],
  },
  {
    name: "a machine size without its prefix",
    config: withDeployment(GREEN, { instanceType: "DS3_v2" }),
    refusedBy: "arguments",
    lines: [
      'deployments.xgboost-model-2.instanceType: "DS3_v2" is not a machine size; use one such as "Standard_DS3_v2"',
    ],
  },
  {
    name: "a machine size that is a number",
    config: withDeployment(GREEN, { instanceType: 3 }),
    refusedBy: "arguments",
    lines: ["deployments.xgboost-model-2.instanceType: must be text, got 3"],
  },
  {
    name: "a misspelt setting",
    config: withDeployment(GREEN, { instanceTyp: "Standard_F4s_v2" }),
    refusedBy: "arguments",
    lines: ["deployments.xgboost-model-2.instanceTyp: no such setting; did you mean instanceType?"],
  },
  {
    name: "a deployment that leaves but keeps its weight",
    config: { deployments: { [BLUE]: { modelVersion: "1" } } },
    refusedBy: "arguments",
    lines: ["traffic.xgboost-model-2: no such deployment; add it to deployments or use default"],
  },
  {
    name: "the model of a deployment that serves",
    config: withDeployment(GREEN, { modelVersion: "1" }),
    refusedBy: `deployment ${GREEN}`,
    lines: [
      "deployments.xgboost-model-2.modelVersion: heart-classifier/versions/2 -> heart-classifier/versions/1: it has 10 % of the live traffic; add a deployment, shift the traffic to it and remove this one",
    ],
  },
  {
    name: "the machine size of a deployment that serves",
    config: withDeployment(GREEN, { instanceType: "Standard_F4s_v2" }),
    refusedBy: `deployment ${GREEN}`,
    lines: [
      'deployments.xgboost-model-2.instanceType: "Standard_DS3_v2" -> "Standard_F4s_v2": Azure ignores it under the same name; add a deployment under another name',
    ],
  },
  {
    name: "model and machine size of a deployment that serves",
    config: withDeployment(BLUE, { modelVersion: "2", instanceType: "Standard_F4s_v2" }),
    refusedBy: `deployment ${BLUE}`,
    lines: [
      'deployments.default.instanceType: "Standard_DS3_v2" -> "Standard_F4s_v2": Azure ignores it under the same name; add a deployment under another name',
      "deployments.default.modelVersion: heart-classifier/versions/1 -> heart-classifier/versions/2: it has 90 % of the live traffic; add a deployment, shift the traffic to it and remove this one",
    ],
  },
];
