import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { clearFaults, injectFaults } from "../../../driver/faults";
import { deploymentBody, ENDPOINT, endpointBody, GROUP, armIdOf, registerModel } from "../../../driver/heartWorkspace";
import { valueAt } from "../../support/localAzure";
import type { TestAzure } from "../../support/localAzure";
import { startHeartEndpoint } from "../../support/heartEndpoint";

let azure: TestAzure;
beforeAll(async () => {
  ({ azure } = await startHeartEndpoint());
});
afterEach(() => clearFaults(azure));
afterAll(() => azure.close());

const GREEN = `${ENDPOINT}/deployments/green`;
const PUT_ENDPOINT = "^PUT .*/onlineEndpoints/heart-classifier$";
const putWeights = (traffic: object) => azure.arm("PUT", ENDPOINT, endpointBody({ traffic }));
const weights = async () => valueAt((await azure.arm("GET", ENDPOINT)).body, "properties.traffic");
const stateOf = async (path: string) => valueAt((await azure.arm("GET", path)).body, "properties.provisioningState");

describe("a write that is accepted and not applied", () => {
  test("is answered and ends as usual; weights and tags are the old ones", async () => {
    const before = (await azure.arm("GET", ENDPOINT)).body;
    await injectFaults(azure, { match: PUT_ENDPOINT, times: 1, effect: { notApplied: true } });
    const body = { ...endpointBody({ traffic: { blue: 50, green: 50 } }), tags: { step: "2" } };
    const answer = await azure.arm("PUT", ENDPOINT, body);
    expect(answer).toMatchObject({ status: 201, body: { properties: { provisioningState: "Updating" } } });
    expect((await azure.finish(answer)).body).toMatchObject({ status: "Succeeded" });
    expect((await azure.arm("GET", ENDPOINT)).body).toEqual(before);
  });

  test("leaves nothing when it should have created something", async () => {
    await injectFaults(azure, { match: "PUT .*/deployments/ghost$", effect: { notApplied: true } });
    const end = await azure.operate("PUT", `${ENDPOINT}/deployments/ghost`, deploymentBody(azure, "2"));
    expect(end.body).toMatchObject({ status: "Succeeded" });
    expect((await azure.arm("GET", `${ENDPOINT}/deployments/ghost`)).status).toBe(404);
  });

  test("is undone at once when it starts no operation", async () => {
    const group = (await azure.arm("GET", GROUP)).body;
    await injectFaults(azure, { match: "^PATCH", effect: { notApplied: true } });
    expect(await azure.arm("PATCH", GROUP, { tags: { owner: "me" } })).toMatchObject({
      body: { tags: { owner: "me" } },
    });
    expect((await azure.arm("GET", GROUP)).body).toEqual(group);
  });
});

describe("reads after a write", () => {
  test("give the old endpoint for so many reads after the update has succeeded", async () => {
    await injectFaults(azure, { match: PUT_ENDPOINT, times: 1, effect: { staleFor: { reads: 2 } } });
    const old = (await azure.arm("GET", ENDPOINT)).body;
    await azure.finish(await putWeights({ blue: 70, green: 30 }));
    expect((await azure.arm("GET", ENDPOINT)).body).toEqual(old);
    expect((await azure.arm("GET", ENDPOINT)).body).toEqual(old);
    expect(await weights()).toEqual({ blue: 70, green: 30 });
  });

  test("give the old endpoint for so many virtual seconds", async () => {
    await injectFaults(azure, { match: PUT_ENDPOINT, times: 1, effect: { staleFor: { seconds: 30 } } });
    await putWeights({ blue: 100 });
    await azure.advance(20 + 29);
    expect(await weights()).toEqual({ blue: 70, green: 30 });
    await azure.advance(1);
    expect(await weights()).toEqual({ blue: 100 });
  });

  test("of an update that failed give what failed", async () => {
    await registerModel(azure, "3", "green", ["model.onnx"]);
    await injectFaults(azure, { match: "PUT .*/deployments/green$", times: 1, effect: { staleFor: { reads: 2 } } });
    await azure.operate("PUT", GREEN, deploymentBody(azure, "3"));
    expect(await stateOf(GREEN)).toBe("Failed");
    await azure.operate("PUT", GREEN, deploymentBody(azure, "2"));
  });

  test("give 404 for what was created, from its creation on", async () => {
    await injectFaults(azure, { match: "PUT .*/deployments/late$", effect: { staleFor: { reads: 3 } } });
    await azure.arm("PUT", `${ENDPOINT}/deployments/late`, deploymentBody(azure, "1"));
    for (let read = 0; read < 3; read++) {
      expect(await azure.arm("GET", `${ENDPOINT}/deployments/late`)).toMatchObject({
        status: 404,
        body: {
          error: {
            code: "UserError",
            message: "Deployment late not found in endpoint heart-classifier, workspace heart",
          },
        },
      });
    }
    expect(await azure.arm("GET", `${ENDPOINT}/deployments/late`)).toMatchObject({ status: 200 });
    await azure.advance(600);
  });

  test("without a token are refused, and are not counted", async () => {
    await injectFaults(azure, { match: PUT_ENDPOINT, times: 1, effect: { staleFor: { reads: 1 } } });
    await azure.finish(await putWeights({ green: 100 }));
    expect((await azure.send("GET", `${armIdOf(azure, ENDPOINT)}?api-version=2025-12-01`)).status).toBe(401);
    expect(await weights()).toEqual({ blue: 100 });
    expect(await weights()).toEqual({ green: 100 });
    await azure.finish(await putWeights({ blue: 100 }));
  });
});
