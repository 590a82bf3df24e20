import { BLUE, GREEN } from "../../../driver/article";
import { injectFaults } from "../../../driver/faults";
import { DEPLOYMENTS, SERVED, STEPPED, declareHeart } from "../testbed/program";
import type { Document } from "../testbed/testbed";
import { inlineCases } from "./inlineCases";

const THEIRS = { [BLUE]: 50, [GREEN]: 50 };
/** A tag of the deployment alone: those of the component reach its workspace first when there is no preview. */
const WITH_TAG = { ...DEPLOYMENTS, [BLUE]: { modelVersion: "1", tags: { team: "cardiology" } } };
const TAGGED = (): unknown => declareHeart({ deployments: WITH_TAG });

function withProperties(change: Document): (document: Document) => Document {
  return (document) => ({ ...document, properties: { ...(document["properties"] as Document), ...change } });
}

function http(status: number, code: string): object {
  return { http: { status, body: { error: { code, message: "as somebody has set it" } } } };
}

/** What others do in Azure meanwhile. */
export const portal = inlineCases("Azure and the portal", [
  {
    name: "finds weights that a colleague has set",
    before: (testbed) => testbed.editEndpoint({ properties: { traffic: THEIRS } }),
    live: THEIRS,
    says: ["it was changed elsewhere", "acceptLive"],
    wayOut: {
      todo: "declare them, or name them in `acceptLive`; then `pulumi up`",
      prepare: (testbed) => void (testbed.program = () => declareHeart({ acceptLive: THEIRS })),
    },
  },
  {
    name: "finds weights that a colleague has set, and declares them",
    before: (testbed) => testbed.editEndpoint({ properties: { traffic: THEIRS } }),
    program: () => declareHeart({ traffic: THEIRS }),
    live: THEIRS,
    ends: "succeeds",
  },
  {
    name: "changes a tag after a colleague has given a serving deployment another timeout",
    before: (testbed) =>
      testbed.editDeployment(
        BLUE,
        withProperties({ requestSettings: { requestTimeout: "PT30S", maxConcurrentRequestsPerInstance: 1 } }),
      ),
    program: TAGGED,
    says: ["PT30S", "PT5S", "acceptLiveSettings"],
    wayOut: {
      todo: "declare the live value, or name the setting in `acceptLiveSettings`; then `pulumi up`",
      prepare: (testbed) => {
        const acceptLiveSettings = { [BLUE]: ["requestSettings"] };
        testbed.program = () => declareHeart({ deployments: WITH_TAG, acceptLiveSettings });
      },
    },
  },
  {
    name: "changes a tag after a colleague has put another model under a serving deployment",
    before: async (testbed) => {
      const model = (await testbed.deployment(GREEN))?.["properties"] as Document;
      await testbed.editDeployment(BLUE, withProperties({ model: model["model"] }));
    },
    program: TAGGED,
    says: [`deployments.${BLUE}.modelVersion`],
    wayOut: {
      todo: "name the setting in `acceptLiveSettings`; then `pulumi up`",
      prepare: (testbed) => {
        const acceptLiveSettings = { [BLUE]: ["modelVersion"] };
        testbed.program = () => declareHeart({ deployments: WITH_TAG, acceptLiveSettings });
      },
    },
  },
  {
    name: "changes a tag after a colleague has given a serving deployment more instances",
    before: (testbed) =>
      testbed.editDeployment(BLUE, (document) => ({ ...document, sku: { name: "Default", capacity: 5 } })),
    program: TAGGED,
    says: [`deployments.${BLUE}.instanceCount`, "5"],
    wayOut: {
      todo: "declare the instances that are there, then `pulumi up`",
      prepare: (testbed) => {
        const deployments = { ...WITH_TAG, [BLUE]: { ...WITH_TAG[BLUE], modelVersion: "1", instanceCount: 5 } };
        testbed.program = () => declareHeart({ deployments });
      },
    },
  },
  {
    name: "takes autoscale away from a deployment with 8 live instances",
    before: async (testbed) => {
      const autoscale = { minimumInstanceCount: 1, maximumInstanceCount: 8 };
      testbed.program = () =>
        declareHeart({ deployments: { ...DEPLOYMENTS, [BLUE]: { modelVersion: "1", autoscale } } });
      await testbed.type("pulumi up");
      await testbed.editDeployment(BLUE, (document) => ({ ...document, sku: { name: "Default", capacity: 8 } }));
    },
    program: () => declareHeart(),
    ends: "succeeds",
    // The setting of Azure Monitor goes, the instances stay.
    writes: 1,
    alsoCheck: async (testbed) => {
      const capacity = ((await testbed.deployment(BLUE))?.["sku"] as Document | undefined)?.["capacity"];
      return capacity === 8 ? [] : [`it has ${String(capacity)} instances`];
    },
  },
  {
    name: "finds a tag that a policy has added",
    before: async (testbed) => {
      const tags = { ...((await testbed.endpoint())?.["tags"] as Document), costs: "4711" };
      await testbed.editEndpoint({ tags });
    },
    ends: "succeeds",
    alsoCheck: async (testbed) => {
      const tags = (await testbed.endpoint())?.["tags"] as Document;
      return tags["costs"] === "4711" ? [] : ["the tag of the policy is lost"];
    },
  },
  {
    name: "makes a step after a colleague has deleted all tags of the endpoint",
    before: (testbed) => testbed.editEndpoint({ tags: {} }),
    program: () => declareHeart({ traffic: STEPPED }),
    ends: "succeeds",
    live: STEPPED,
  },
  {
    name: "makes a step while the group is locked against writes",
    program: () => declareHeart({ traffic: STEPPED }),
    does: (testbed) =>
      injectFaults(testbed.azure, { match: "^(PUT|PATCH|DELETE) ", effect: http(409, "ScopeLocked"), times: 1000 }),
    commands: ["pulumi up"],
    ends: "fails",
    says: ["ScopeLocked"],
    wayOut: { todo: "take the lock away, then `pulumi up`", prepare: () => undefined, live: STEPPED },
  },
  {
    name: "makes a step without the permission to read",
    program: () => declareHeart({ traffic: STEPPED }),
    does: (testbed) =>
      injectFaults(testbed.azure, {
        match: "^GET /subscriptions/",
        effect: http(403, "AuthorizationFailed"),
        times: 1000,
      }),
    says: ["AuthorizationFailed"],
    wayOut: { todo: "`pulumi up` with the permission", prepare: () => undefined, live: STEPPED },
  },
  ...[1, 1000].map((times) => ({
    name: `changes the model of a serving deployment in place while ${times === 1 ? "one read" : "every read"} of the endpoint answers 404`,
    program: () => declareHeart({ deployments: { ...DEPLOYMENTS, [BLUE]: { modelVersion: "2" } } }),
    does: (testbed: { azure: Parameters<typeof injectFaults>[0] }) =>
      injectFaults(testbed.azure, {
        match: "^GET .*/onlineEndpoints/[^/]+$",
        effect: http(404, "ResourceNotFound"),
        times,
      }),
    commands: ["pulumi up"],
  })),
  {
    name: "makes a step while every read of the endpoint answers 404",
    program: () => declareHeart({ traffic: STEPPED }),
    does: (testbed) =>
      injectFaults(testbed.azure, {
        match: "^GET .*/onlineEndpoints/[^/]+$",
        effect: http(404, "ResourceNotFound"),
        times: 1000,
      }),
    says: [/no longer exists|not found/i],
    wayOut: { todo: "`pulumi up` when Azure answers again", prepare: () => undefined, live: STEPPED },
  },
  {
    name: "runs up after a colleague has deleted a deployment of weight 0",
    before: async (testbed) => {
      testbed.program = () => declareHeart({ traffic: { [BLUE]: 100, [GREEN]: 0 } });
      await testbed.type("pulumi up");
      await testbed.azure.operate("DELETE", `${testbed.watch.endpointId}/deployments/${GREEN}`);
    },
    program: () => declareHeart({ traffic: SERVED }),
    live: { [BLUE]: 100 },
    says: [GREEN],
    wayOut: {
      todo: "`pulumi up --refresh` with weight 0, which makes it again",
      prepare: (testbed) => void (testbed.program = () => declareHeart({ traffic: { [BLUE]: 100, [GREEN]: 0 } })),
      command: "pulumi up --refresh",
      live: { [BLUE]: 100 },
    },
  },
  {
    name: "has 50 tags",
    program: () =>
      declareHeart({ tags: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag-${index}`, "x"])) }),
    says: ["tags"],
  },
  {
    name: "has a tag with characters that Azure refuses",
    program: () => declareHeart({ tags: { "cost/centre": "4711" } }),
    says: ["tags"],
  },
  {
    name: "declares a tag that the component itself writes",
    program: () => declareHeart({ tags: { "mlflow-rollout-traffic": "default=100" } }),
    says: ["tags"],
  },
]);
