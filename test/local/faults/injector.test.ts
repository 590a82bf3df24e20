import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { clearFaults, faultCounts, injectFaults } from "../../../driver/faults";
import { deploymentBody, ENDPOINT, endpointBody } from "../../../driver/heartWorkspace";
import { valueAt } from "../../support/localAzure";
import type { TestAzure } from "../../support/localAzure";
import { ENDPOINT_RESOURCE, templateBody, templatePath } from "../../support/templates";
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

describe("a reply in place of the service's", () => {
  test.each([
    ["with Retry-After", { "retry-after": "7" }, "7"],
    ["without Retry-After", {}, undefined],
  ])("has the status, headers and body that were given, %s", async (_, headers, retryAfter) => {
    const error = { code: "TooManyRequests", message: "slow down" };
    await injectFaults(azure, { match: "^GET", times: 1, effect: { http: { status: 429, headers, body: { error } } } });
    const refused = await azure.arm("GET", ENDPOINT);
    expect(refused).toMatchObject({ status: 429, body: { error } });
    expect(refused.headers["retry-after"]).toBe(retryAfter);
    expect((await azure.arm("GET", ENDPOINT)).status).toBe(200);
  });

  test("without a body is an error in the form of ARM", async () => {
    await injectFaults(azure, { match: "^GET", effect: { http: { status: 503 } } });
    expect(await azure.arm("GET", ENDPOINT)).toMatchObject({ body: { error: { code: "ServiceUnavailable" } } });
  });

  test("keeps the request from the service, and is told in the trace", async () => {
    await injectFaults(azure, { match: PUT_ENDPOINT, times: 1, effect: { http: { status: 500 } } });
    await putWeights({ green: 100 });
    expect(await stateOf(ENDPOINT)).toBe("Succeeded");
    const write = (await azure.trace("kind=arm")).findLast(({ method }) => method === "PUT");
    expect(write).toMatchObject({ status: 500, fault: expect.stringMatching(/^\d+$/) as string });
  });

  test("inside a template deployment fails the template", async () => {
    await injectFaults(azure, { fault: "out-of-quota", match: PUT_ENDPOINT });
    expect((await azure.operate("PUT", TEMPLATE, templateOf({ blue: 100 }))).body).toMatchObject({
      status: "Failed",
      error: { code: "DeploymentFailed", details: [{ code: "BadRequest" }] },
    });
  });
});

describe("an operation", () => {
  test("fails when its time is over, with the error that was given; the old weights stay live", async () => {
    const error = { code: "InternalServerError", message: "the weights were lost" };
    await injectFaults(azure, { match: PUT_ENDPOINT, times: 1, effect: { lro: error } });
    const answer = await putWeights({ blue: 90, green: 10 });
    expect(answer.status).toBe(201);
    await azure.advance(19);
    expect(await stateOf(ENDPOINT)).toBe("Updating");
    expect((await azure.finish(answer)).body).toMatchObject({ status: "Failed", error });
    expect(await stateOf(ENDPOINT)).toBe("Failed");
    expect(await weights()).toEqual({ blue: 100 });
    expect((await azure.finish(await putWeights({ blue: 100 }))).body).toMatchObject({ status: "Succeeded" });
  });

  test.each([
    ["a delete", "DELETE", undefined],
    ["a scaling", "PATCH", { sku: { name: "Default", capacity: 2 } }],
    ["an update", "PUT", "deployment"],
  ])("fails for %s of a deployment, which then is Failed and still serves", async (_, method, body) => {
    await injectFaults(azure, {
      match: `^${method} .*/green$`,
      times: 1,
      effect: { lro: { code: "OutOfQuota", message: "no" } },
    });
    const sent = body === "deployment" ? deploymentBody(azure, "2") : body;
    expect((await azure.operate(method, GREEN, sent)).body).toMatchObject({
      status: "Failed",
      error: { code: "OutOfQuota" },
    });
    expect(await stateOf(GREEN)).toBe("Failed");
    expect((await azure.operate("PUT", GREEN, deploymentBody(azure, "2"))).body).toMatchObject({ status: "Succeeded" });
  });

  test("that never ends holds the endpoint for good, and a year of waiting takes no time", async () => {
    const path = ENDPOINT.replace("heart-classifier", "stuck");
    await azure.operate("PUT", path, endpointBody());
    await injectFaults(azure, { match: "/stuck$", effect: { neverEnds: true } });
    const answer = await azure.arm("PUT", path, endpointBody());
    const began = performance.now();
    await azure.advance(365 * 86_400);
    expect(performance.now() - began).toBeLessThan(5000);
    const poll = await azure.arm("GET", String(answer.headers["azure-asyncoperation"]));
    expect(poll.body).toMatchObject({ status: "Updating", percentComplete: 0 });
    await clearFaults(azure);
    expect((await azure.arm("PUT", path, endpointBody())).status).toBe(409);
  });

  test("inside a template deployment that never ends keeps the template active", async () => {
    await injectFaults(azure, { match: "/nested$", effect: { neverEnds: true } });
    await azure.arm("PUT", templatePath("slow"), templateOf({}, "nested"));
    await azure.advance(7 * 86_400);
    expect((await azure.arm("PUT", templatePath("slow"), templateOf({}, "nested"))).body).toMatchObject({
      error: { code: "DeploymentActive" },
    });
  });
});

describe("a request", () => {
  test("is delayed by virtual time", async () => {
    await injectFaults(azure, { match: "^GET", times: 1, effect: { delaySeconds: 30 } });
    let answered = false;
    const late = azure.arm("GET", ENDPOINT).then((answer) => {
      answered = true;
      return answer;
    });
    while (!(await faultCounts(azure)).some(({ applied }) => applied > 0)) expect(answered).toBe(false);
    await azure.advance(29);
    expect(answered).toBe(false);
    await azure.advance(1);
    expect((await late).status).toBe(200);
  });

  test("is lost before the service gets it", async () => {
    await injectFaults(azure, { match: PUT_ENDPOINT, times: 1, effect: { drop: "request" } });
    await expect(putWeights({ blue: 90, green: 10 })).rejects.toThrow("socket hang up");
    expect(await stateOf(ENDPOINT)).toBe("Succeeded");
    expect((await azure.trace("kind=arm")).findLast(({ method }) => method === "PUT")).toMatchObject({ status: 0 });
  });

  test("is served and its reply lost", async () => {
    await injectFaults(azure, { match: PUT_ENDPOINT, times: 1, effect: { drop: "reply" } });
    await expect(putWeights({ blue: 80, green: 20 })).rejects.toThrow("socket hang up");
    await azure.advance(20);
    expect(await weights()).toEqual({ blue: 80, green: 20 });
    await azure.finish(await putWeights({ blue: 100 }));
  });

  test("lost inside a template deployment is a gateway timeout", async () => {
    await injectFaults(azure, { match: PUT_ENDPOINT, times: 1, effect: { drop: "request" } });
    expect((await azure.operate("PUT", TEMPLATE, templateOf({ blue: 100 }))).body).toMatchObject({
      status: "Failed",
      error: { details: [{ code: "GatewayTimeout" }] },
    });
  });
});

const TEMPLATE = templatePath("step");

function templateOf(traffic: object, endpoint = "heart-classifier"): object {
  const properties = endpoint === "heart-classifier" ? { traffic } : {};
  return templateBody([{ ...ENDPOINT_RESOURCE, name: `heart/${endpoint}`, ...endpointBody(properties) }]);
}
