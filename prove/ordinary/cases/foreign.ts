import { readFileSync } from "node:fs";
import { getResourceGroupOutput } from "@pulumi/azure-native/resources/getResourceGroup";
import { mergeOptions, output } from "@pulumi/pulumi";
import type { Output, Resource, ResourceTransform } from "@pulumi/pulumi";
import { BLUE, GREEN } from "../../../driver/article";
import { injectFaults } from "../../../driver/faults";
import { DEPLOYMENTS, STEPPED, declareGroup, declareHeart } from "../testbed/program";
import type { Weights } from "../testbed/program";
import { PROTECTED_ERROR, inlineCases } from "./inlineCases";
import type { InlineCase } from "./inlineCases";

/** Fails as a lookup of somebody else's does. */
function rejected(): Output<string> {
  return output(Promise.reject<string>(new Error("the directory does not answer")));
}

const LOST = "the directory does not answer";
const STABLE = { ...DEPLOYMENTS[BLUE], modelVersion: "1" };

/** Inputs that come from elsewhere and fail. */
const inputs: readonly InlineCase[] = [
  {
    name: "gives a tag that cannot be had",
    program: () => declareHeart({ tags: { owner: rejected() } }),
    says: [LOST],
    showsFrames: true,
  },
  {
    name: "makes a tag by a function that throws",
    program: () => {
      const resourceGroupName = declareGroup();
      const owner = resourceGroupName.apply((name): string => {
        throw new Error(`no team owns ${name}`);
      });
      return declareHeart({ resourceGroupName, tags: { owner } });
    },
    says: ["no team owns rg-heart"],
    showsFrames: true,
  },
  {
    name: "names the group by a lookup that is not permitted",
    does: (testbed) =>
      injectFaults(testbed.azure, {
        match: "^GET .*/resourceGroups/[^/]+$",
        effect: { http: { status: 403, body: { error: { code: "AuthorizationFailed", message: "no permission" } } } },
        times: 1000,
      }),
    program: () =>
      declareHeart({ resourceGroupName: getResourceGroupOutput({ resourceGroupName: declareGroup() }).name }),
    says: ["AuthorizationFailed"],
    showsFrames: true,
  },
  {
    name: "lets the component depend on something that fails",
    program: () => declareHeart({ options: { dependsOn: rejected() as unknown as Output<Resource> } }),
    says: [LOST],
    showsFrames: true,
  },
  {
    name: "gives a variable of the deployment that serves which cannot be had",
    program: () =>
      declareHeart({
        deployments: { ...DEPLOYMENTS, [BLUE]: { ...STABLE, environmentVariables: { KEY: rejected() } } },
      }),
    says: [LOST],
    showsFrames: true,
  },
  {
    name: "gives a role to somebody who cannot be found",
    program: () => declareHeart({ roleAssignments: { callers: { principalId: rejected() } } }),
    says: [LOST],
    showsFrames: true,
  },
  {
    name: "catches the error of arguments that are wrong",
    program: () => {
      const resourceGroupName = declareGroup();
      try {
        return declareHeart({ resourceGroupName, traffic: { [BLUE]: 90, [GREEN]: 20 } });
      } catch {
        return undefined;
      }
    },
    says: ["the weights add up to 110"],
  },
  {
    name: "catches the error and declares the component without what was wrong",
    program: () => {
      const resourceGroupName = declareGroup();
      try {
        return declareHeart({ resourceGroupName, traffic: { [BLUE]: 90, [GREEN]: 20 } });
      } catch {
        return declareHeart({ resourceGroupName });
      }
    },
    says: [/the weights add up to 110|[Dd]uplicate resource URN/],
  },
  {
    name: "reads a file after the component that is not there",
    program: () => {
      declareHeart();
      return readFileSync("dashboard.json", "utf8");
    },
    says: ["dashboard.json"],
    showsFrames: true,
  },
  {
    name: "reads a file before the component that is not there",
    program: () => {
      readFileSync("dashboard.json", "utf8");
      return declareHeart();
    },
    says: ["dashboard.json"],
    showsFrames: true,
  },
];

function transformed(transform: ResourceTransform, changes: Parameters<typeof declareHeart>[0] = {}): () => unknown {
  return () => declareHeart({ ...changes, options: { transforms: [transform] } });
}

const TAGGED = /:(StorageAccount|Vault|Workspace|OnlineEndpoint|OnlineDeployment|Deployment)$/;

/** Transforms that a program or a company applies to all resources. */
const transforms: readonly InlineCase[] = [
  {
    name: "tags all resources by a transform",
    program: transformed(({ type, props, opts }) => ({
      props: TAGGED.test(type) ? { ...props, tags: { ...(props["tags"] as object), costs: "4711" } } : props,
      opts,
    })),
    ends: "succeeds",
  },
  {
    name: "lifts all protection by a transform and takes the component out later",
    before: async (testbed) => {
      testbed.program = transformed(({ props, opts }) => ({ props, opts: { ...opts, protect: false } }));
      await testbed.type("pulumi up");
    },
    program: () => declareHeart(),
    ends: "succeeds",
    writes: 0,
  },
  {
    name: "replaces what a transform finds in ignoreChanges, and changes a tag",
    program: transformed(({ props, opts }) => ({ props, opts: { ...opts, ignoreChanges: [] } }), {
      tags: { team: "cardiology" },
    }),
    // Without a preview the tags of the workspace and its parts come first.
    commands: ["pulumi preview"],
    says: ["endpoint"],
  },
  {
    name: "lets a transform replace all resources on any change, and changes a tag",
    program: transformed(
      ({ props, opts }) => ({
        props,
        opts: mergeOptions(opts, { replaceOnChanges: ["*"], deleteBeforeReplace: true }),
      }),
      { tags: { team: "cardiology" } },
    ),
    says: [PROTECTED_ERROR],
  },
  {
    name: "lets a transform ignore what the traffic step writes, and makes a step",
    program: transformed(
      ({ type, props, opts }) => ({
        props,
        opts:
          type === "azure-native:resources:Deployment" ? mergeOptions(opts, { ignoreChanges: ["properties"] }) : opts,
      }),
      { traffic: STEPPED },
    ),
    // The component does not see it: what it says is what is live.
    ends: "succeeds",
    writes: 0,
    alsoCheck: async (testbed) => untrueOutput((await testbed.stack.outputs())["traffic"], await testbed.live()),
    wayOut: { todo: "take the transform away, then `pulumi up`" },
  },
  {
    name: "lets a transform fail",
    program: transformed(() => {
      throw new Error(LOST);
    }),
    says: [LOST],
    showsFrames: true,
  },
  {
    name: "keeps all resources in Azure when they leave the program, and takes the component out",
    before: async (testbed) => {
      testbed.program = transformed(({ props, opts }) => ({ props, opts: { ...opts, retainOnDelete: true } }));
      await testbed.type("pulumi up");
    },
    program: () => declareGroup(),
    says: [PROTECTED_ERROR],
  },
];

/** What a stack says of the weights must be what is live. */
export function untrueOutput(said: unknown, live: Weights | undefined): readonly string[] {
  const weights = (said ?? {}) as Weights;
  const names = [...Object.keys(weights), ...Object.keys(live ?? {})];
  const isTrue = names.every((name) => (weights[name] ?? 0) === (live?.[name] ?? 0));
  return isTrue ? [] : [`the output traffic is ${JSON.stringify(said)}, live is ${JSON.stringify(live)}`];
}

export const foreign = inlineCases("inputs and other people's code", [...inputs, ...transforms]);
