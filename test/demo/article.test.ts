import { expect, test } from "vitest";
import { ARTICLE, commandOf } from "../../driver/article";

test("each step of the article is a line that a user can type", () => {
  expect(ARTICLE.filter(({ action }) => action !== "request").map(commandOf)).toEqual([
    "pulumi up",
    `pulumi config set --path 'modelVersions["2"]' models/green && pulumi up`,
    "pulumi config set --path deployments.xgboost-model-2.modelVersion 2 && pulumi config set candidate xgboost-model-2 && pulumi up",
    "pulumi up -c candidateTraffic=10",
    "pulumi up -c candidateTraffic=100",
    "pulumi config rm-all --path deployments.default candidate candidateTraffic && pulumi up",
    "pulumi up -c deletionProtection=false && pulumi destroy",
  ]);
});

test("a deployment is addressed by the header", () => {
  const tested = ARTICLE.find(({ deployment }) => deployment !== undefined);
  expect(tested && commandOf(tested)).toContain('-H "azureml-model-deployment: xgboost-model-2"');
});
