import { injectFaults } from "../../../driver/faults";
import { BLUE, GREEN } from "../../../driver/article";
import { SERVED, declareHeart } from "../testbed/program";
import { heartInSharedWorkspace } from "../testbed/testbeds";
import { inlineCases } from "./inlineCases";

const UNPROTECTED = { deletionProtection: false };
const REFRESH = { todo: "`pulumi up --refresh`", prepare: () => undefined, command: "pulumi up --refresh" };

export const adopted = inlineCases(
  "Azure and the portal",
  [
    {
      name: "may no longer read the workspace of another team, from the update on",
      does: async (testbed) => {
        await testbed.type("pulumi preview");
        await injectFaults(testbed.azure, {
          match: "^GET .*/workspaces/heart$",
          effect: { http: { status: 403, body: { error: { code: "AuthorizationFailed", message: "no permission" } } } },
          times: 1000,
        });
      },
      program: () => heartInSharedWorkspace({ tags: { team: "cardiology" } }),
      commands: ["pulumi up"],
      says: ["AuthorizationFailed"],
      alsoCheck: async (testbed) => {
        const endpoints = await testbed.azure.resources("Network/privateEndpoints");
        return endpoints.length === 1 ? [] : ["the private endpoint is gone"];
      },
    },
    {
      name: "takes everything down in a workspace of another team, and brings it up again",
      program: () => heartInSharedWorkspace(UNPROTECTED),
      commands: ["pulumi up && pulumi destroy && pulumi up"],
      ends: "succeeds",
      live: SERVED,
      deletesOnPurpose: true,
      alsoCheck: async (testbed) => {
        const [endpoint] = await testbed.azure.resources("/onlineEndpoints");
        return endpoint === undefined ? ["there is no endpoint"] : [];
      },
    },
  ],
  "inline, workspace adopted",
);

export const failedOnce = inlineCases(
  "Azure and the portal",
  [
    {
      name: "runs up with an endpoint whose create once failed, and that serves since",
      says: ["pulumi up --refresh"],
      wayOut: REFRESH,
      spoilsTestbed: true,
    },
    {
      name: "gives all weight back on an endpoint whose create once failed",
      program: () => declareHeart({ traffic: { [BLUE]: 100, [GREEN]: 0 } }),
      commands: ["pulumi up"],
      ends: "fails",
      live: { [BLUE]: 100 },
      says: ["pulumi up --refresh"],
      wayOut: { ...REFRESH, live: { [BLUE]: 100 } },
    },
  ],
  "inline, endpoint that failed once",
);
