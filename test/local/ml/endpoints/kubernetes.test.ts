import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createWorkspace,
  deploymentBody,
  ENDPOINT,
  endpointBody,
  armIdOf,
  LOCATION,
  registerModel,
} from "../../../../driver/heartWorkspace";
import { TestAzure } from "../../../support/localAzure";
import { Scoring } from "../../../../driver/scoring";
import { CLUSTER, COMPUTE } from "../../../support/served";

const KUBERNETES = { endpointComputeType: "Kubernetes", instanceType: undefined };
let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspace(azure);
  await registerModel(azure, "1", "blue");
  await azure.arm("PUT", COMPUTE, {
    location: LOCATION,
    properties: { computeType: "Kubernetes", resourceId: CLUSTER },
  });
  await azure.operate("PUT", ENDPOINT, endpointBody({ compute: armIdOf(azure, COMPUTE) }));
  await azure.operate("PUT", `${ENDPOINT}/deployments/blue`, deploymentBody(azure, "1", KUBERNETES));
});
afterAll(() => azure.close());

const refused = (message: string) => ({ status: 400, body: { error: { details: [{ message }] } } });
const put = (path: string, body: object) => azure.operate("PUT", path, body);

test("an endpoint on an attached cluster serves its deployments by weight", async () => {
  await put(ENDPOINT, endpointBody({ compute: armIdOf(azure, COMPUTE), traffic: { blue: 100 } }));
  expect(await azure.arm("GET", `${ENDPOINT}/deployments/blue`)).toMatchObject({
    body: {
      kind: "Kubernetes",
      properties: { endpointComputeType: "Kubernetes", instanceType: "defaultinstancetype" },
    },
  });
  expect((await (await Scoring.of(azure)).score()).status).toBe(200);
});

test("scales by target utilization, which a managed deployment cannot", async () => {
  const scaleSettings = { scaleType: "TargetUtilization", minInstances: 1, maxInstances: 3 };
  const path = `${ENDPOINT}/deployments/blue`;
  expect((await put(path, deploymentBody(azure, "1", { ...KUBERNETES, scaleSettings }))).body).toMatchObject({
    status: "Succeeded",
  });
  const managed = ENDPOINT.replace("heart-classifier", "managed");
  await put(managed, endpointBody());
  expect(await put(`${managed}/deployments/blue`, deploymentBody(azure, "1", { scaleSettings }))).toMatchObject(
    refused("A managed deployment has the scale type Default, got 'TargetUtilization'; use Azure Monitor autoscale."),
  );
  expect(await put(`${managed}/deployments/blue`, deploymentBody(azure, "1", KUBERNETES))).toMatchObject(
    refused("A deployment of this endpoint must be Managed, got 'Kubernetes'."),
  );
});

test("mirrored traffic, a managed deployment and names of more than 62 characters are refused", async () => {
  const compute = armIdOf(azure, COMPUTE);
  expect(
    await put(ENDPOINT, endpointBody({ compute, traffic: { blue: 100 }, mirrorTraffic: { blue: 10 } })),
  ).toMatchObject(refused("Kubernetes online endpoints do not support mirrored traffic."));
  expect(await put(`${ENDPOINT}/deployments/green`, deploymentBody(azure, "1"))).toMatchObject(
    refused("A deployment of this endpoint must be Kubernetes, got 'Managed'."),
  );
  const long = ENDPOINT.replace("heart-classifier", "e".repeat(32));
  await put(long, endpointBody({ compute }));
  expect(await put(`${long}/deployments/${"d".repeat(31)}`, deploymentBody(azure, "1", KUBERNETES))).toMatchObject(
    refused("The names of endpoint and deployment have 63 characters together, 62 are allowed."),
  );
});

test("a cluster that is not attached to the workspace is refused, and so is another kind of compute", async () => {
  const other = ENDPOINT.replace("heart-classifier", "other");
  expect(await put(other, endpointBody({ compute: CLUSTER }))).toMatchObject(
    refused(`'${CLUSTER}' is not a Kubernetes compute attached to the workspace.`),
  );
  expect(
    await put(COMPUTE, { location: LOCATION, properties: { computeType: "AmlCompute", resourceId: CLUSTER } }),
  ).toMatchObject({
    status: 400,
    body: {
      error: {
        message: 'The request is invalid: properties.computeType must be one of Kubernetes, got "AmlCompute".',
      },
    },
  });
});

test("a cluster is detached only when the request says so", async () => {
  const path = COMPUTE.replace("cluster", "other");
  await put(path, { location: LOCATION, properties: { computeType: "Kubernetes", resourceId: CLUSTER } });
  const other = `${path}?underlyingResourceAction=Keep`;
  expect(await azure.arm("DELETE", other)).toMatchObject({
    status: 400,
    body: { error: { message: "underlyingResourceAction must be one of Delete, Detach." } },
  });
  expect((await azure.arm("DELETE", `${path}?underlyingResourceAction=Detach`)).status).toBe(200);
  expect((await azure.arm("GET", path)).status).toBe(404);
});
