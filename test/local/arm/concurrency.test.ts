import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deploymentBody, ENDPOINT, endpointBody } from "../../../driver/heartWorkspace";
import { valueAt } from "../../support/localAzure";
import type { TestAzure } from "../../support/localAzure";
import { templateBody, templatePath } from "../../support/templates";
import type { Answer } from "../../support/localAzure";
import { startHeartEndpoint } from "../../support/heartEndpoint";

let azure: TestAzure;
beforeAll(async () => {
  ({ azure } = await startHeartEndpoint());
});
afterAll(() => azure.close());

const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).toSorted((a, b) => a - b);
const weights = async () => valueAt((await azure.arm("GET", ENDPOINT)).body, "properties.traffic");

describe("clients that write at the same time", () => {
  test("get one operation of an endpoint at a time; the others are told that it is busy", async () => {
    const steps = [90, 80, 70, 60, 50].map((blue) => ({ blue, green: 100 - blue }));
    const answers = await Promise.all(steps.map((traffic) => azure.arm("PUT", ENDPOINT, endpointBody({ traffic }))));
    expect(statuses(answers)).toEqual([201, 409, 409, 409, 409]);
    for (const { status, body } of answers.filter((answer) => answer.status === 409)) {
      expect({ status, code: valueAt(body, "error.code") }).toEqual({ status: 409, code: "Conflict" });
    }
    await azure.advance(20);
    expect(await weights()).toEqual(steps[answers.findIndex(({ status }) => status === 201)]);
  });

  test("share the endpoint with its deployments: create, scale, delete and new weights are one at a time", async () => {
    await azure.operate("PUT", ENDPOINT, endpointBody({ traffic: { blue: 100 } }));
    const answers = await Promise.all([
      azure.arm("PUT", `${ENDPOINT}/deployments/third`, deploymentBody(azure, "1")),
      azure.arm("PATCH", `${ENDPOINT}/deployments/blue`, { sku: { name: "Default", capacity: 2 } }),
      azure.arm("DELETE", `${ENDPOINT}/deployments/green`),
      azure.arm("PUT", ENDPOINT, endpointBody({ traffic: { blue: 50, green: 50 } })),
      azure.arm("DELETE", ENDPOINT),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(statuses(answers).slice(1)).toEqual([409, 409, 409, 409]);
    await azure.advance(3600);
    expect(await weights()).toEqual({ blue: 100 });
  });

  test("do not wait for each other on different endpoints", async () => {
    const paths = ["one", "two", "three"].map((name) => ENDPOINT.replace("heart-classifier", `free-${name}`));
    const answers = await Promise.all(paths.map((path) => azure.arm("PUT", path, endpointBody())));
    expect(statuses(answers)).toEqual([201, 201, 201]);
    await azure.advance(90);
  });

  test("get one template deployment of a name at a time", async () => {
    const path = templatePath("at-once");
    const body = templateBody([]);
    const answers = await Promise.all([1, 2, 3].map(() => azure.arm("PUT", path, body)));
    expect(statuses(answers)).toEqual([201, 409, 409]);
    await azure.advance(10);
    expect((await azure.arm("PUT", path, body)).status).toBe(200);
    await azure.advance(10);
  });
});
