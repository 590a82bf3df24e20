import { describe, expect, test } from "vitest";
import { Unanswered, readDeployment, readDeploymentState, readEndpoint } from "../../../components/azure/readEndpoint";
import { HEART_PATH, liveEndpoint, rollout } from "../../support/hooks";
import { NOT_FOUND } from "../../support/mockedAzure";
import type { Answers } from "../../support/mockedAzure";

async function componentWith(answers: Answers) {
  const { context } = await rollout({ traffic: {}, answers });
  return context.component;
}

describe("an endpoint", () => {
  test("is what Azure answers", async () => {
    const component = await componentWith({ getOnlineEndpoint: liveEndpoint({ traffic: { default: 100 } }) });
    await expect(readEndpoint(HEART_PATH, component)).resolves.toMatchObject({
      traffic: { default: 100 },
      mirrorTraffic: {},
    });
  });

  test("is none when Azure has none", async () => {
    const component = await componentWith({ getOnlineEndpoint: NOT_FOUND });
    await expect(readEndpoint(HEART_PATH, component)).resolves.toBeUndefined();
  });

  test("is not one without weights when nobody was asked", async () => {
    const component = await componentWith({ getOnlineEndpoint: {} });
    await expect(readEndpoint(HEART_PATH, component)).rejects.toThrow(new Unanswered("heart"));
  });
});

describe("a deployment", () => {
  const properties = { provisioningState: "Succeeded", model: "m", environmentVariables: { LEVEL: "info" } };

  test("is what Azure answers, with all of its settings", async () => {
    const component = await componentWith({ getOnlineDeployment: { sku: { capacity: 3 }, properties } });
    await expect(readDeployment(HEART_PATH, "default", component)).resolves.toEqual({
      provisioningState: "Succeeded",
      instanceCount: 3,
      properties,
    });
  });

  test("is none when Azure has none", async () => {
    const component = await componentWith({ getOnlineDeployment: NOT_FOUND });
    await expect(readDeployment(HEART_PATH, "default", component)).resolves.toBeUndefined();
  });

  test.each([readDeployment, readDeploymentState])("is not known when nobody was asked: %o", async (read) => {
    const component = await componentWith({ getOnlineDeployment: {} });
    await expect(read(HEART_PATH, "default", component)).rejects.toThrow(new Unanswered("default"));
  });
});
