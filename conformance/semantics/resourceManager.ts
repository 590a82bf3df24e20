import assert from "node:assert/strict";
import { valueAt } from "../../driver/azureClient";
import { WORKSPACE, createWorkspaceParts, workspaceBody } from "../../driver/heartWorkspace";
import { assertRefused, assertStatus, assertValues } from "../target/checks";
import type { Semantic, Topic } from "./semantic";
import {
  API_VERSION_NEEDED,
  RESOURCE_API,
  ARM_ERRORS,
  ARM_NOT_FOUND,
  SOFT_DELETE,
  TEMPLATES,
  TEMPLATE_ACTIVE,
  WORKSPACE_SPECIFICATION,
} from "./sources";

const requests: readonly Semantic[] = [
  {
    id: "names-ignore-case",
    claim: "Names in a path are compared ignoring case, and returned in the case of the resource.",
    grade: "documented",
    sources: [RESOURCE_API],
    target: "any",
    run: async (target) => {
      const path = target.endpoint.replace(target.name, target.name.toUpperCase());
      assertValues(await target.read(path), { name: target.name });
    },
  },
  {
    id: "absent-404",
    claim: "GET of a missing resource returns 404, with a code and a message.",
    grade: "documented",
    sources: [ARM_NOT_FOUND],
    target: "any",
    run: async (target) => {
      for (const path of [target.spareEndpoint(), target.deployment("red"), target.modelVersion("80")]) {
        const answer = await target.arm("GET", path);
        assertRefused(answer);
        assertStatus(answer, 404);
      }
    },
  },
  {
    id: "api-version-needed",
    claim: "A request without api-version is refused with 400 MissingApiVersionParameter.",
    grade: "reported",
    sources: [API_VERSION_NEEDED],
    target: "any",
    run: async (target) => {
      const answer = await target.arm("GET", `${target.connection.resourceManager}${target.endpoint}`);
      assertStatus(answer, 400);
      assertValues(answer, { "error.code": "MissingApiVersionParameter" });
    },
  },
];

const templates: readonly Semantic[] = [
  {
    id: "template-writes-weights",
    claim: "A template deployment puts an endpoint with weights from its parameters, and ends after the endpoint has.",
    grade: "documented",
    sources: [TEMPLATES],
    deviation: "the local Azure serves the part of the template language that such a template needs",
    target: "any",
    run: async (target) => {
      await target.succeed("PUT", target.template, target.templateBody({ traffic: { blue: 90, green: 10 } }));
      assert.deepEqual(await target.weights(), { blue: 90, green: 10 });
      assertValues(await target.read(target.template), { "properties.provisioningState": "Succeeded" });
    },
  },
  {
    id: "template-active",
    claim: "While a template deployment runs, another one of the same name is refused with 409 DeploymentActive.",
    grade: "reported",
    sources: [TEMPLATE_ACTIVE],
    target: "any",
    run: async (target) => {
      const body = target.templateBody({ traffic: { blue: 100 } });
      const first = await target.arm("PUT", target.template, body);
      const second = await target.arm("PUT", target.template, body);
      await target.finish(first);
      assertStatus(second, 409);
      assertValues(second, { "error.code": "DeploymentActive" });
    },
  },
  {
    id: "template-failure",
    claim: "A refusal inside a template deployment fails it with DeploymentFailed; the weights stay.",
    grade: "documented",
    sources: [ARM_ERRORS],
    target: "any",
    run: async (target) => {
      const end = await target.operate("PUT", target.template, target.templateBody({ traffic: { blue: 90 } }));
      assertValues(end, { status: "Failed", "error.code": "DeploymentFailed" });
      assert.equal((valueAt(end.body, "error.details") as readonly unknown[]).length, 1);
      assert.deepEqual(await target.weights(), { blue: 100 });
    },
  },
];

const workspaces: readonly Semantic[] = [
  {
    id: "workspace-put-accepted",
    claim: "PUT of a workspace returns 202 with Location and Retry-After, never 201.",
    grade: "documented",
    sources: [WORKSPACE_SPECIFICATION],
    deviation: "Retry-After is 1, below the specification's 10, for the clock is virtual",
    target: "local",
    run: async (_, azure) => {
      const answer = await azure.arm("PUT", WORKSPACE, workspaceBody(azure));
      assertStatus(answer, 202);
      assert.ok(answer.headers.location !== undefined && answer.headers["retry-after"] !== undefined);
      await azure.finish(answer);
    },
  },
  {
    id: "workspace-soft-deleted",
    claim: "A deleted workspace keeps its name until it is purged.",
    grade: "reported",
    sources: [SOFT_DELETE],
    target: "local",
    run: async (_, azure) => {
      const path = WORKSPACE.replace(/heart$/, "gone");
      await createWorkspaceParts(azure);
      await azure.operate("PUT", path, workspaceBody(azure));
      await azure.operate("DELETE", path);
      assertRefused(await azure.arm("PUT", path, workspaceBody(azure)));
      await azure.operate("DELETE", `${path}?forceToPurge=true`);
      assertStatus(await azure.operate("PUT", path, workspaceBody(azure)), 200);
    },
  },
];

export const resourceManager: Topic = {
  name: "Azure Resource Manager",
  tests: [
    "test/local/resources/resourceGroups.test.ts",
    "test/local/templates/handlers.test.ts",
    "test/local/ml/workspaces/handlers.test.ts",
  ],
  semantics: [...requests, ...templates, ...workspaces],
};
