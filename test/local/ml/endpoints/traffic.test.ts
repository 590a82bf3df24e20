import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createHeartEndpoint,
  deploymentBody,
  ENDPOINT,
  endpointBody,
  registerModel,
} from "../../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../../support/localAzure";
import { startHeartEndpoint } from "../../../support/heartEndpoint";

let azure: TestAzure;
beforeAll(async () => {
  ({ azure } = await startHeartEndpoint());
  await registerModel(azure, "3", "green", ["model.onnx"]);
  await azure.operate("PUT", `${ENDPOINT}/deployments/broken`, deploymentBody(azure, "3"));
});
afterAll(() => azure.close());

const put = (properties: object) => azure.arm("PUT", ENDPOINT, endpointBody(properties));
const weights = async (from = azure): Promise<unknown> =>
  valueAt((await from.arm("GET", ENDPOINT)).body, "properties.traffic");

describe("weights", () => {
  test("stay the old ones until the operation ends", async () => {
    const answer = await put({ traffic: { blue: 90, green: 10 } });
    expect(answer).toMatchObject({
      status: 201,
      body: { properties: { provisioningState: "Updating", traffic: { blue: 100 } } },
    });
    await azure.advance(19);
    expect(await weights()).toEqual({ blue: 100 });
    await azure.advance(1);
    expect(await weights()).toEqual({ blue: 90, green: 10 });
  });

  test("may all be 0: the endpoint then receives nothing", async () => {
    await azure.finish(await put({ traffic: { blue: 0, green: 0 } }));
    expect(await weights()).toEqual({ blue: 0, green: 0 });
  });

  test("are kept with the name's case that was given, and compared without it", async () => {
    await azure.finish(await put({ traffic: { Blue: 100 } }));
    expect(await weights()).toEqual({ Blue: 100 });
    expect((await azure.arm("DELETE", `${ENDPOINT}/deployments/blue`)).status).toBe(400);
  });

  test.each([
    [
      "that sum to less than 100",
      { blue: 90 },
      {},
      "traffic",
      "The sum of traffic percentages must be 0 or 100, got 90.",
    ],
    [
      "that sum to more than 100",
      { blue: 90, green: 20 },
      {},
      "traffic",
      "The sum of traffic percentages must be 0 or 100, got 110.",
    ],
    [
      "below 0",
      { blue: 110, green: -10 },
      {},
      "traffic",
      "The value of 'blue' must be an integer from 0 to 100, got 110.",
    ],
    [
      "of a deployment that is not there",
      { blue: 90, red: 10 },
      {},
      "traffic",
      "Traffic is set for deployment 'red', which does not exist in this endpoint.",
    ],
    [
      "of a deployment that failed",
      { blue: 90, broken: 10 },
      {},
      "traffic",
      "Traffic cannot be set for deployment 'broken' because it is in Failed provisioning state.",
    ],
    [
      "mirrored above 50",
      { blue: 100 },
      { green: 51 },
      "mirrorTraffic",
      "The value of 'green' must be an integer from 0 to 50, got 51.",
    ],
    [
      "mirrored to one that is live",
      { blue: 90, green: 10 },
      { green: 10 },
      "mirrorTraffic",
      "Deployment 'green' cannot have both live and mirror traffic.",
    ],
    [
      "mirrored to one that is not there",
      { blue: 100 },
      { red: 10 },
      "traffic",
      "Traffic is set for deployment 'red', which does not exist in this endpoint.",
    ],
  ])("are refused %s, and nothing changes", async (_, traffic, mirrorTraffic, target, message) => {
    const before = await azure.arm("GET", ENDPOINT);
    expect(await put({ traffic, mirrorTraffic })).toMatchObject({
      status: 400,
      body: {
        error: {
          code: "BadRequest",
          message: "The request is invalid.",
          details: [{ code: "InferencingClientCallFailed", target, message }],
        },
      },
    });
    expect((await azure.arm("GET", ENDPOINT)).body).toEqual(before.body);
  });

  test.each([
    ["with fractions", { blue: 99.5, green: 0.5 }, ["traffic.blue", "traffic.green"]],
    ["that are text", { blue: "100" }, ["traffic.blue"]],
    ["that are a list", [100], ["traffic"]],
    ["that are text as a whole", "blue=100", ["traffic"]],
    ["that are a number", 100, ["traffic"]],
    ["that are true", true, ["traffic"]],
  ])("are refused %s by the specification, and what is live stays", async (_, traffic, targets) => {
    const before = await azure.arm("GET", ENDPOINT);
    expect(await put({ traffic })).toMatchObject({
      status: 400,
      body: {
        error: { code: "ValidationError", details: targets.map((target) => ({ target: `properties.${target}` })) },
      },
    });
    expect((await azure.arm("GET", ENDPOINT)).body).toEqual(before.body);
  });

  test("of a deployment that failed after it got some can be kept, raised and taken, and not given again", async () => {
    const failing = `${ENDPOINT}/deployments/failing`;
    await azure.operate("PUT", failing, deploymentBody(azure, "2"));
    await azure.finish(await put({ traffic: { blue: 90, failing: 10 } }));
    await azure.operate("PUT", failing, deploymentBody(azure, "3"));
    expect(textAt((await azure.arm("GET", failing)).body, "properties.provisioningState")).toBe("Failed");
    for (const traffic of [{ blue: 80, failing: 20 }, { blue: 100 }]) {
      await azure.finish(await put({ traffic }));
      expect(await weights()).toEqual(traffic);
    }
    expect(await put({ traffic: { blue: 90, failing: 10 } })).toMatchObject({ status: 400 });
  });

  test("mirrored to a deployment that failed can be kept", async () => {
    const mirrored = `${ENDPOINT}/deployments/mirrored`;
    await azure.operate("PUT", mirrored, deploymentBody(azure, "2"));
    const state = { traffic: { blue: 100 }, mirrorTraffic: { mirrored: 10 } };
    await azure.finish(await put(state));
    await azure.operate("PUT", mirrored, deploymentBody(azure, "3"));
    await azure.finish(await put(state));
    expect(valueAt((await azure.arm("GET", ENDPOINT)).body, "properties")).toMatchObject(state);
    await azure.finish(await put({ traffic: { blue: 100 } }));
  });

  test("are mirrored to one deployment only", async () => {
    await azure.operate("PUT", `${ENDPOINT}/deployments/spare`, deploymentBody(azure, "2"));
    expect(await put({ traffic: { blue: 100 }, mirrorTraffic: { green: 10, spare: 10 } })).toMatchObject({
      status: 400,
      body: { error: { details: [{ message: "Traffic can be mirrored to one deployment only, got 2." }] } },
    });
  });

  test("cannot be set by the PUT that creates the endpoint", async () => {
    const path = ENDPOINT.replace("heart-classifier", "at-once");
    expect(await azure.arm("PUT", path, endpointBody({ traffic: { blue: 100 } }))).toMatchObject({ status: 400 });
    expect((await azure.arm("GET", path)).status).toBe(404);
  });
});

describe("a PUT without traffic, which Microsoft documents neither way", () => {
  test("clears the live weights, as a full replace does: the default", async () => {
    await azure.finish(await put({ traffic: { blue: 100 }, mirrorTraffic: { green: 20 } }));
    await azure.finish(await put({}));
    expect(valueAt((await azure.arm("GET", ENDPOINT)).body, "properties")).toMatchObject({
      traffic: {},
      mirrorTraffic: {},
    });
  });

  test("keeps the live weights with omittedTrafficClears false; the mirrored ones are cleared all the same", async () => {
    const keeping = await TestAzure.start({ omittedTrafficClears: false });
    try {
      await createHeartEndpoint(keeping);
      const mirrored = endpointBody({ traffic: { blue: 100 }, mirrorTraffic: { green: 20 } });
      await keeping.operate("PUT", ENDPOINT, mirrored);
      await keeping.operate("PUT", ENDPOINT, endpointBody());
      expect(valueAt((await keeping.arm("GET", ENDPOINT)).body, "properties")).toMatchObject({
        traffic: { blue: 100 },
        mirrorTraffic: {},
      });
      await keeping.operate("PUT", ENDPOINT, endpointBody({ traffic: {} }));
      expect(await weights(keeping)).toEqual({});
    } finally {
      await keeping.close();
    }
  });
});

test("an endpoint takes at most 20 deployments", async () => {
  const path = ENDPOINT.replace("heart-classifier", "crowded");
  await azure.operate("PUT", path, endpointBody());
  for (let n = 1; n <= 20; n++) {
    await azure.operate("PUT", `${path}/deployments/number-${n}`, deploymentBody(azure, "3"));
  }
  const { status, body } = await azure.arm("PUT", `${path}/deployments/number-21`, deploymentBody(azure, "3"));
  expect(status).toBe(400);
  expect(JSON.parse(textAt(body, "error.details.0.message"))).toMatchObject({
    errors: { "": ["The endpoint has reached the limit of 20 deployments."] },
  });
});
