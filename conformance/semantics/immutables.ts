import assert from "node:assert/strict";
import { assertRefused, assertValues } from "../target/checks";
import type { Topic } from "./semantic";
import { RESOURCE_API, AUTHENTICATION, AZURERM_ENDPOINT, IDENTITIES, SPECIFICATION } from "./sources";

const REFUSAL = "status and text of the refusal are assumed";

export const immutables: Topic = {
  name: "What can change in place",
  tests: ["test/local/ml/endpoints/handlers.test.ts"],
  semantics: [
    {
      id: "location-never-changes",
      claim: "The location of an endpoint does not change.",
      grade: "documented",
      sources: [RESOURCE_API, SPECIFICATION],
      deviation: REFUSAL,
      target: "any",
      run: async (target) => {
        const location = target.location === "northeurope" ? "westeurope" : "northeurope";
        const body = { ...target.endpointBody({ traffic: { blue: 100 } }), location };
        assertRefused(await target.arm("PUT", target.endpoint, body));
        assert.deepEqual(await target.weights(), { blue: 100 });
      },
    },
    {
      id: "identity-never-changes",
      claim: "The identity of an endpoint cannot be changed after its creation.",
      grade: "documented",
      sources: [IDENTITIES, AZURERM_ENDPOINT],
      deviation: REFUSAL,
      target: "any",
      run: async (target) => {
        const body = { ...target.endpointBody({ traffic: { blue: 100 } }), identity: { type: "None" } };
        assertRefused(await target.arm("PUT", target.endpoint, body));
        assert.deepEqual(await target.weights(), { blue: 100 });
      },
    },
    {
      id: "properties-only-added",
      claim: "Entries of properties.properties can be added, and stay when a PUT leaves them out.",
      grade: "documented",
      sources: [SPECIFICATION],
      target: "any",
      run: async (target) => {
        await target.write({ traffic: { blue: 100 }, properties: { conformance: "1" } });
        await target.write({ traffic: { blue: 100 } });
        assertValues(await target.read(target.endpoint), { "properties.properties.conformance": "1" });
      },
    },
    {
      id: "auth-mode-changes",
      claim: "The authentication mode changes in place, and the weights in the same PUT.",
      grade: "documented",
      sources: [AUTHENTICATION],
      target: "any",
      run: async (target) => {
        await target.write({ authMode: "AMLToken", traffic: { green: 100 } });
        assertValues(await target.read(target.endpoint), { "properties.authMode": "AMLToken" });
        assert.deepEqual(await target.weights(), { green: 100 });
      },
    },
    {
      id: "public-access-changes",
      claim: "publicNetworkAccess changes in place.",
      grade: "reported",
      sources: [AZURERM_ENDPOINT],
      target: "local",
      run: async (target) => {
        await target.write({ traffic: { blue: 100 }, publicNetworkAccess: "Disabled" });
        assertValues(await target.read(target.endpoint), { "properties.publicNetworkAccess": "Disabled" });
        await target.write({ traffic: { blue: 100 } });
        assertValues(await target.read(target.endpoint), { "properties.publicNetworkAccess": "Enabled" });
      },
    },
  ],
};
