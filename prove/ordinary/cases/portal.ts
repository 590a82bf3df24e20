import { BLUE, GREEN } from "../../../driver/article";
import { inject } from "../../../driver/faults";
import { DEPLOYMENTS, SERVED, STEPPED, heart } from "../program";
import type { Document } from "../world";
import { inlineCases } from "./inlineCases";

const THEIRS = { [BLUE]: 50, [GREEN]: 50 };
/** A tag of the deployment alone: those of the component reach its workspace first when there is no preview. */
const WITH_TAG = { ...DEPLOYMENTS, [BLUE]: { modelVersion: "1", tags: { team: "cardiology" } } };
const TAGGED = (): unknown => heart({ deployments: WITH_TAG });

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
    given: (world) => world.editEndpoint({ properties: { traffic: THEIRS } }),
    live: THEIRS,
    says: ["it was changed elsewhere", "acceptLive"],
    goesOn: {
      todo: "declare them, or name them in `acceptLive`; then `pulumi up`",
      prepare: (world) => void (world.program = () => heart({ acceptLive: THEIRS })),
    },
  },
  {
    name: "finds weights that a colleague has set, and declares them",
    given: (world) => world.editEndpoint({ properties: { traffic: THEIRS } }),
    program: () => heart({ traffic: THEIRS }),
    live: THEIRS,
    ends: "succeeds",
  },
  {
    name: "changes a tag after a colleague has given a serving deployment another timeout",
    given: (world) =>
      world.editDeployment(
        BLUE,
        withProperties({ requestSettings: { requestTimeout: "PT30S", maxConcurrentRequestsPerInstance: 1 } }),
      ),
    program: TAGGED,
    says: ["PT30S", "PT5S", "acceptLiveSettings"],
    goesOn: {
      todo: "declare the live value, or name the setting in `acceptLiveSettings`; then `pulumi up`",
      prepare: (world) => {
        const acceptLiveSettings = { [BLUE]: ["requestSettings"] };
        world.program = () => heart({ deployments: WITH_TAG, acceptLiveSettings });
      },
    },
  },
  {
    name: "changes a tag after a colleague has put another model under a serving deployment",
    given: async (world) => {
      const model = (await world.deployment(GREEN))?.["properties"] as Document;
      await world.editDeployment(BLUE, withProperties({ model: model["model"] }));
    },
    program: TAGGED,
    says: [`deployments.${BLUE}.modelVersion`],
    goesOn: {
      todo: "name the setting in `acceptLiveSettings`; then `pulumi up`",
      prepare: (world) => {
        const acceptLiveSettings = { [BLUE]: ["modelVersion"] };
        world.program = () => heart({ deployments: WITH_TAG, acceptLiveSettings });
      },
    },
  },
  {
    name: "changes a tag after a colleague has given a serving deployment more instances",
    given: (world) =>
      world.editDeployment(BLUE, (document) => ({ ...document, sku: { name: "Default", capacity: 5 } })),
    program: TAGGED,
    says: [`deployments.${BLUE}.instanceCount`, "5"],
    goesOn: {
      todo: "declare the instances that are there, then `pulumi up`",
      prepare: (world) => {
        const deployments = { ...WITH_TAG, [BLUE]: { ...WITH_TAG[BLUE], modelVersion: "1", instanceCount: 5 } };
        world.program = () => heart({ deployments });
      },
    },
  },
  {
    name: "takes autoscale away from a deployment with 8 live instances",
    given: async (world) => {
      const autoscale = { minimumInstanceCount: 1, maximumInstanceCount: 8 };
      world.program = () => heart({ deployments: { ...DEPLOYMENTS, [BLUE]: { modelVersion: "1", autoscale } } });
      await world.type("pulumi up");
      await world.editDeployment(BLUE, (document) => ({ ...document, sku: { name: "Default", capacity: 8 } }));
    },
    program: () => heart(),
    ends: "succeeds",
    // The setting of Azure Monitor goes, the instances stay.
    writes: 1,
    also: async (world) => {
      const capacity = ((await world.deployment(BLUE))?.["sku"] as Document | undefined)?.["capacity"];
      return capacity === 8 ? [] : [`it has ${String(capacity)} instances`];
    },
  },
  {
    name: "finds a tag that a policy has added",
    given: async (world) => {
      const tags = { ...((await world.endpoint())?.["tags"] as Document), costs: "4711" };
      await world.editEndpoint({ tags });
    },
    ends: "succeeds",
    also: async (world) => {
      const tags = (await world.endpoint())?.["tags"] as Document;
      return tags["costs"] === "4711" ? [] : ["the tag of the policy is lost"];
    },
  },
  {
    name: "makes a step after a colleague has deleted all tags of the endpoint",
    given: (world) => world.editEndpoint({ tags: {} }),
    program: () => heart({ traffic: STEPPED }),
    ends: "succeeds",
    live: STEPPED,
  },
  {
    name: "makes a step while the group is locked against writes",
    program: () => heart({ traffic: STEPPED }),
    does: (world) =>
      inject(world.azure, { match: "^(PUT|PATCH|DELETE) ", effect: http(409, "ScopeLocked"), times: 1000 }),
    commands: ["pulumi up"],
    ends: "fails",
    says: ["ScopeLocked"],
    goesOn: { todo: "take the lock away, then `pulumi up`", prepare: () => undefined, live: STEPPED },
  },
  {
    name: "makes a step without the permission to read",
    program: () => heart({ traffic: STEPPED }),
    does: (world) =>
      inject(world.azure, { match: "^GET /subscriptions/", effect: http(403, "AuthorizationFailed"), times: 1000 }),
    says: ["AuthorizationFailed"],
    goesOn: { todo: "`pulumi up` with the permission", prepare: () => undefined, live: STEPPED },
  },
  ...[1, 1000].map((times) => ({
    name: `changes the model of a serving deployment in place while ${times === 1 ? "one read" : "every read"} of the endpoint answers 404`,
    program: () => heart({ deployments: { ...DEPLOYMENTS, [BLUE]: { modelVersion: "2" } } }),
    does: (world: { azure: Parameters<typeof inject>[0] }) =>
      inject(world.azure, { match: "^GET .*/onlineEndpoints/[^/]+$", effect: http(404, "ResourceNotFound"), times }),
    commands: ["pulumi up"],
  })),
  {
    name: "makes a step while every read of the endpoint answers 404",
    program: () => heart({ traffic: STEPPED }),
    does: (world) =>
      inject(world.azure, {
        match: "^GET .*/onlineEndpoints/[^/]+$",
        effect: http(404, "ResourceNotFound"),
        times: 1000,
      }),
    says: [/no longer exists|not found/i],
    goesOn: { todo: "`pulumi up` when Azure answers again", prepare: () => undefined, live: STEPPED },
  },
  {
    name: "runs up after a colleague has deleted a deployment of weight 0",
    given: async (world) => {
      world.program = () => heart({ traffic: { [BLUE]: 100, [GREEN]: 0 } });
      await world.type("pulumi up");
      await world.azure.operate("DELETE", `${world.watch.endpointId}/deployments/${GREEN}`);
    },
    program: () => heart({ traffic: SERVED }),
    live: { [BLUE]: 100 },
    says: [GREEN],
    goesOn: {
      todo: "`pulumi up --refresh` with weight 0, which makes it again",
      prepare: (world) => void (world.program = () => heart({ traffic: { [BLUE]: 100, [GREEN]: 0 } })),
      command: "pulumi up --refresh",
      live: { [BLUE]: 100 },
    },
  },
  {
    name: "has 50 tags",
    program: () => heart({ tags: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag-${index}`, "x"])) }),
    says: ["tags"],
  },
  {
    name: "has a tag with characters that Azure refuses",
    program: () => heart({ tags: { "cost/centre": "4711" } }),
    says: ["tags"],
  },
  {
    name: "declares a tag that the component itself writes",
    program: () => heart({ tags: { "mlflow-rollout-traffic": "default=100" } }),
    says: ["tags"],
  },
]);
