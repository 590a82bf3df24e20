import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deploymentBody, ENDPOINT, modelBody, WORKSPACE } from "../../../../driver/heartWorkspace";
import { textAt } from "../../../support/localAzure";
import type { TestAzure } from "../../../support/localAzure";
import type { Answer } from "../../../support/localAzure";
import type { Scoring } from "../../../../driver/scoring";
import { startHeartEndpoint } from "../../../support/heartEndpoint";

let azure: TestAzure;
let endpoint: Scoring;
beforeAll(async () => {
  ({ azure, endpoint } = await startHeartEndpoint());
});
afterAll(() => azure.close());

const getLogs = (body: object, deployment = "blue"): Promise<Answer> =>
  azure.arm("POST", `${ENDPOINT}/deployments/${deployment}/getLogs`, body);
const linesOf = async (body: object, deployment?: string): Promise<string[]> =>
  textAt((await getLogs(body, deployment)).body, "content").split("\n");

describe("the log of the inference server", () => {
  test("is the one that is shown when none is named: the start, then a line for each request", async () => {
    await endpoint.score();
    await endpoint.score({ body: "{" });
    await endpoint.score({ body: { input_data: [[1]] } });
    const lines = await linesOf({});
    expect(lines).toEqual(await linesOf({ containerType: "InferenceServer" }));
    expect(lines).toEqual([
      expect.stringMatching(/^model loaded from azureml:.*\/paths\/models\/1, 8 files$/),
      expect.stringMatching(/^POST \/score 200 \d+\.\d{3}ms$/),
      expect.stringMatching(/^POST \/score 400 \d+\.\d{3}ms$/),
      "Encountered Exception: 13 columns passed, passed data had 1 columns.",
      expect.stringMatching(/^POST \/score 500 \d+\.\d{3}ms$/),
    ]);
  });

  test("is shown by its last lines", async () => {
    const lines = await linesOf({});
    expect(await linesOf({ tail: 2 })).toEqual(lines.slice(-2));
    expect(await linesOf({ tail: 1000 })).toEqual(lines);
  });

  test("keeps the last 2000 lines at least, and not many more", async () => {
    for (let sent = 0; sent < 2500; sent++) await endpoint.score({ body: "" });
    const { length } = await linesOf({});
    expect(length).toBeGreaterThanOrEqual(2000);
    expect(length).toBeLessThanOrEqual(2400);
  });
});

describe("the log of the storage initializer", () => {
  test("lists the files of the model", async () => {
    const lines = await linesOf({ containerType: "StorageInitializer" });
    expect(lines).toHaveLength(8);
    expect(lines).toContainEqual(expect.stringMatching(/^downloaded model\.onnx, \d{4,} bytes$/));
  });

  test("says why there is no model", async () => {
    const version = `${WORKSPACE}/models/heart-classifier/versions/9`;
    const { properties } = modelBody(azure, "9") as { properties: object };
    await azure.arm("PUT", version, { properties });
    await azure.operate("PUT", `${ENDPOINT}/deployments/empty`, deploymentBody(azure, "9"));
    const [reason] = await linesOf({ containerType: "StorageInitializer" }, "empty");
    expect(reason).toMatch(/^the model has no files at azureml:.*\/paths\/models\/9$/);
  });
});

test("another container is refused", async () => {
  expect(await getLogs({ containerType: "Sidecar" })).toMatchObject({
    status: 400,
    body: { error: { details: [{ target: "containerType" }] } },
  });
});
