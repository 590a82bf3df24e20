import assert from "node:assert/strict";
import { assertRefused, assertStatus, assertValues } from "../target/checks";
import type { Topic } from "./semantic";
import {
  RESOURCE_API,
  AZURERM_ENDPOINT,
  LATE_TRAFFIC,
  NAME_TAKEN,
  QUOTAS,
  RECORDED_ENDPOINT,
  RECORDED_ROLLOUT,
  SAFE_ROLLOUT,
  SPECIFICATION,
  TRAFFIC_LOST_BY_SDK,
  TRAFFIC_LOST_BY_TEMPLATE,
  YAML_ENDPOINT,
} from "./sources";
import { WORKSPACE, workspaceBody } from "../../driver/heartWorkspace";

export const endpointWrites: Topic = {
  name: "Writing an endpoint",
  tests: ["test/local/ml/endpoints/handlers.test.ts", "test/local/ml/endpoints/traffic.test.ts"],
  semantics: [
    {
      id: "endpoint-create",
      claim: "A PUT that creates an endpoint returns 201, with the state Creating and no scoring URI.",
      grade: "recorded",
      sources: [RECORDED_ENDPOINT],
      target: "any",
      run: ({ creation: { endpoint } }) => {
        assertStatus(endpoint, 201);
        assertValues(endpoint, {
          "properties.provisioningState": "Creating",
          "properties.scoringUri": null,
          "properties.swaggerUri": null,
        });
      },
    },
    {
      id: "endpoint-create-empty",
      claim: "A new endpoint is of kind Managed, with traffic and mirrorTraffic as empty maps.",
      grade: "recorded",
      sources: [RECORDED_ENDPOINT],
      target: "any",
      run: ({ creation: { endpoint } }) =>
        assertValues(endpoint, { kind: "Managed", "properties.traffic": {}, "properties.mirrorTraffic": {} }),
    },
    {
      id: "endpoint-create-without-traffic",
      claim: "The PUT that creates the endpoint cannot set weights, because there are no deployments yet.",
      grade: "documented",
      sources: [SAFE_ROLLOUT, YAML_ENDPOINT],
      deviation: "published templates set them; status and text of the refusal are assumed",
      target: "any",
      run: async (target) => {
        const endpoint = target.spareEndpoint();
        assertRefused(await target.arm("PUT", endpoint, target.endpointBody({ traffic: { blue: 100 } })));
        assertStatus(await target.arm("GET", endpoint), 404);
      },
    },
    {
      id: "endpoint-update",
      claim: "A PUT of an existing endpoint also returns 201, and the old weights are live until it ends.",
      grade: "recorded",
      sources: [RECORDED_ROLLOUT, LATE_TRAFFIC],
      deviation: "azd saw the old weights for seconds after the end, as with the fault old-traffic",
      target: "any",
      run: async (target) => {
        const answer = await target.put({ traffic: { green: 100 } });
        assertStatus(answer, 201);
        assertValues(answer, { "properties.provisioningState": "Updating" });
        assert.deepEqual(await target.weights(), { blue: 100 });
        await target.finish(answer);
        assert.deepEqual(await target.weights(), { green: 100 });
      },
    },
    {
      id: "put-replaces-tags",
      claim: "A PUT replaces the endpoint: tags that it leaves out are removed.",
      grade: "documented",
      sources: [RESOURCE_API],
      target: "any",
      run: async (target) => {
        const body = target.endpointBody({ traffic: { blue: 100 } });
        await target.succeed("PUT", target.endpoint, { ...body, tags: { first: "1" } });
        await target.succeed("PUT", target.endpoint, { ...body, tags: { second: "2" } });
        assertValues(await target.read(target.endpoint), { tags: { second: "2" } });
      },
    },
    {
      id: "put-without-traffic",
      claim: "A PUT without traffic takes all live weights away.",
      grade: "reported",
      sources: [TRAFFIC_LOST_BY_TEMPLATE],
      deviation: "not documented; the other reading is omittedTrafficClears: false",
      target: "any",
      run: async (target) => {
        await target.write({});
        assert.deepEqual(await target.weights(), {});
      },
    },
    {
      id: "put-empty-traffic",
      claim: "A PUT with an empty traffic map takes all live weights away.",
      grade: "reported",
      sources: [TRAFFIC_LOST_BY_SDK],
      target: "any",
      run: async (target) => {
        await target.write({ traffic: {} });
        assert.deepEqual(await target.weights(), {});
      },
    },
    {
      id: "put-without-mirror",
      claim: "A PUT without mirrorTraffic ends the mirroring.",
      grade: "documented",
      sources: [SAFE_ROLLOUT],
      target: "any",
      run: async (target) => {
        await target.write({ traffic: { blue: 100 }, mirrorTraffic: { green: 10 } });
        assert.deepEqual(await target.property("mirrorTraffic"), { green: 10 });
        await target.write({ traffic: { blue: 100 } });
        assert.deepEqual(await target.property("mirrorTraffic"), {});
      },
    },
    {
      id: "patch-tags",
      claim: "A PATCH accepts tags and identity; it cannot contain weights, which stay.",
      grade: "documented",
      sources: [SPECIFICATION],
      target: "any",
      run: async (target) => {
        await target.succeed("PATCH", target.endpoint, { tags: { patched: "yes" } });
        assertValues(await target.read(target.endpoint), { tags: { patched: "yes" } });
        assert.deepEqual(await target.weights(), { blue: 100 });
      },
    },
    {
      id: "endpoint-needs-auth-mode-and-location",
      claim: "A PUT without authMode or without a location is refused.",
      grade: "documented",
      sources: [SPECIFICATION],
      target: "any",
      run: async (target) => {
        const { location, properties } = target.endpointBody();
        for (const body of [{ location, properties: {} }, { properties }]) {
          assertRefused(await target.arm("PUT", target.spareEndpoint(), body));
        }
      },
    },
    {
      id: "endpoint-names",
      claim:
        "An endpoint's name has 3 to 32 letters, digits and dashes, begins with a letter and does not end with a dash.",
      grade: "documented",
      sources: [QUOTAS],
      target: "any",
      run: async (target) => {
        for (const name of ["ab", "1heart", "heart-", "he_art", "a".repeat(33)]) {
          const path = `${target.connection.workspace}/onlineEndpoints/${name}`;
          assertRefused(await target.arm("PUT", path, target.endpointBody()));
        }
      },
    },
    {
      id: "endpoint-name-taken",
      claim: "A name that another workspace uses in the region is refused.",
      grade: "reported",
      sources: [NAME_TAKEN, AZURERM_ENDPOINT],
      deviation: "the local Azure knows only its own workspaces",
      target: "local",
      run: async (target, azure) => {
        const second = WORKSPACE.replace(/heart$/, "second");
        await azure.operate("PUT", second, workspaceBody(azure));
        const path = `${second}/onlineEndpoints/${target.name}`;
        assertRefused(await azure.arm("PUT", path, target.endpointBody()));
      },
    },
  ],
};
