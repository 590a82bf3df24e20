import assert from "node:assert/strict";
import { textAt, valueAt } from "../../driver/azureClient";
import { assertStatus, assertValues } from "../target/checks";
import type { Topic } from "./semantic";
import { BUSY_ENDPOINT, INSTANCE_TYPE_IGNORED, SPECIFICATION, TROUBLESHOOTING } from "./sources";

export const deploymentChanges: Topic = {
  name: "Deployments that are there, and busy endpoints",
  tests: ["test/local/ml/deployments/handlers.test.ts", "test/local/ml/endpoints/handlers.test.ts"],
  semantics: [
    {
      id: "deployment-scale",
      claim: "A PATCH with sku.capacity scales a deployment.",
      grade: "documented",
      sources: [SPECIFICATION],
      target: "local",
      run: async (target) => {
        const answer = await target.arm("PATCH", target.deployment("green"), { sku: { name: "Default", capacity: 2 } });
        assertValues(answer, { "properties.provisioningState": "Scaling" });
        await target.finish(answer);
        assertValues(await target.read(target.deployment("green")), { "sku.capacity": 2 });
      },
    },
    {
      id: "instance-type-ignored",
      claim: "A PUT with another instance type is accepted, but the old one stays.",
      grade: "reported",
      sources: [INSTANCE_TYPE_IGNORED],
      target: "local",
      run: async (target) => {
        const green = target.deployment("green");
        await target.succeed("PUT", green, target.deploymentBody("2", { instanceType: "Standard_F4s_v2" }));
        assertValues(await target.read(green), { "properties.instanceType": target.connection.instanceType });
      },
    },
    {
      id: "deployment-logs",
      claim: "getLogs returns the container's log.",
      grade: "documented",
      sources: [SPECIFICATION, TROUBLESHOOTING],
      target: "any",
      run: async (target) => {
        const request = { containerType: "InferenceServer", tail: 50 };
        const answer = await target.arm("POST", `${target.deployment("blue")}/getLogs`, request);
        assertStatus(answer, 200);
        assert.notEqual(textAt(answer.body, "content"), "");
      },
    },
    {
      id: "busy-endpoint",
      claim: "An endpoint that is being updated refuses another update.",
      grade: "assumed",
      sources: [TROUBLESHOOTING],
      deviation: "the page has a 409 for Kubernetes endpoints; status and text are assumed",
      target: "any",
      run: async (target) => {
        const first = await target.put({ traffic: { blue: 100 } });
        const second = await target.put({ traffic: { blue: 100 } });
        await target.finish(first);
        await target.finish(second);
        assertStatus(second, 409);
      },
    },
    {
      id: "busy-endpoint-refuses-deployment",
      claim: "A deployment cannot be created while its endpoint is Updating.",
      grade: "reported",
      sources: [BUSY_ENDPOINT],
      deviation: "the text is reported, the status 409 is assumed",
      target: "local",
      run: async (target) => {
        const update = await target.put({ traffic: { blue: 100 } });
        const answer = await target.arm("PUT", target.deployment("red"), target.deploymentBody("1"));
        await target.finish(update);
        assertStatus(answer, 409);
        assert.match(String(valueAt(answer.body, "error.message")), /^Cannot create a deployment in endpoint /);
      },
    },
  ],
};
