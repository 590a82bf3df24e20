import { join } from "node:path";
import { Vault } from "@pulumi/azure-native/keyvault/vault";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { Provider } from "@pulumi/azure-native/provider";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ProgressiveMlflowEndpoint } from "../../components";
import type { ProgressiveMlflowEndpointArgs } from "../../components";
import { valueAt } from "../support/localAzure";
import { Rehearsal, writesOf } from "../support/rehearsal";
import { ROOT } from "../../driver/paths";

const MODELS = join(ROOT, "examples/heart-classifier/models");
const STEP = ["PUT deployments", "PUT onlineEndpoints via"];
const LONG = 180_000;

let rehearsal: Rehearsal;
/** What the stack runs; a test declares it. */
let program: () => Record<string, unknown> = () => ({});
beforeAll(async () => {
  rehearsal = await Rehearsal.start({}, () => Promise.resolve(program()));
});
afterAll(() => rehearsal.close());

/** Whether the components refuse to be deleted. */
let deletionProtection = true;

function endpointArgs(name: string, blue: number): Omit<ProgressiveMlflowEndpointArgs, "resourceGroupName"> {
  return {
    endpointName: name,
    model: { name, versions: { "1": { path: join(MODELS, "blue") }, "2": { path: join(MODELS, "green") } } },
    deployments: { blue: { modelVersion: "1" }, green: { modelVersion: "2" } },
    traffic: { blue, green: 100 - blue },
    deletionProtection,
  };
}

/** What a team has anyway, made in the same program. */
function estate() {
  const { name: resourceGroupName } = new ResourceGroup("shared");
  const identity = new UserAssignedIdentity("scorer", { resourceGroupName });
  const tenantId = pulumi.output(rehearsal.azure.azure.tenantId);
  const properties = { tenantId, sku: { family: "A", name: "standard" } as const, enableRbacAuthorization: true };
  return { resourceGroupName, identity, vault: new Vault("keys", { resourceGroupName, properties }) };
}

/** The component that makes the workspace, from outputs of the estate. */
function declareFirst(name: string, blue: number, options: pulumi.ComponentResourceOptions = {}) {
  const { resourceGroupName, identity, vault } = estate();
  const args: ProgressiveMlflowEndpointArgs = {
    ...endpointArgs("first-endpoint", blue),
    resourceGroupName,
    workspace: { associatedKeyVaultResourceId: vault.id },
    managedIdentities: { userAssignedResourceIds: [identity.id] },
    identityRoles: { principalId: identity.principalId },
    authMode: "Key",
    keySecret: { keyVaultResourceId: vault.id },
  };
  return { resourceGroupName, first: new ProgressiveMlflowEndpoint(name, args, options) };
}

/** Another one in the workspace of the first. */
function declareBoth(firstBlue: number, secondBlue: number): Record<string, unknown> {
  const { resourceGroupName, first } = declareFirst("first", firstBlue);
  const second = new ProgressiveMlflowEndpoint("second", {
    ...endpointArgs("second-endpoint", secondBlue),
    resourceGroupName,
    workspace: { existingResourceId: first.workspaceId },
  });
  return {
    firstWorkspace: first.workspaceId,
    secondWorkspace: second.workspaceId,
    deployments: second.deploymentIds,
    principalId: second.principalId,
    secret: first.keySecretUri,
  };
}

/** Runs a command of the engine and gives the writes that Azure saw. */
async function writesDuring(work: () => Promise<unknown>): Promise<readonly string[]> {
  return writesOf(await rehearsal.armTrace(work));
}

/** The live weights by endpoint. */
async function live(): Promise<Readonly<Record<string, unknown>>> {
  const endpoints = await rehearsal.resources("/onlineEndpoints");
  return Object.fromEntries(endpoints.map((each) => [each["name"], valueAt(each, "properties.traffic")]));
}

const BOTH_BLUE = { blue: 100, green: 0 };

describe("two components share the workspace that one of them makes", () => {
  test("a preview takes all that is not made yet, and writes nothing", { timeout: LONG }, async () => {
    program = () => declareBoth(100, 100);
    let changes: Readonly<Record<string, number>> = {};
    const writes = await writesDuring(async () => ({ changes } = await rehearsal.stack.preview()));
    expect(writes).toEqual([]);
    expect(Object.keys(changes)).toEqual(["create"]);
  });

  test("both serve in it, and their outputs lead on", { timeout: LONG }, async () => {
    await rehearsal.stack.up();
    expect(await live()).toEqual({ "first-endpoint": BOTH_BLUE, "second-endpoint": BOTH_BLUE });
    const [workspace, ...others] = await rehearsal.resources("MachineLearningServices/workspaces");
    expect(others).toEqual([]);
    const id = String(workspace?.["id"]);
    const deployment = (name: string) => `${id}/onlineEndpoints/second-endpoint/deployments/${name}`;
    expect(await rehearsal.stack.outputs()).toEqual({
      firstWorkspace: id,
      secondWorkspace: id,
      deployments: { blue: deployment("blue"), green: deployment("green") },
      principalId: expect.stringMatching(/^[-0-9a-f]{36}$/) as unknown,
      secret: expect.stringMatching(/\/secrets\/first-endpoint-key$/) as unknown,
    });
  });

  test("a step of one writes nothing of the other", { timeout: LONG }, async () => {
    program = () => declareBoth(100, 90);
    expect(await writesDuring(() => rehearsal.stack.up())).toEqual(STEP);
    expect(await live()).toEqual({ "first-endpoint": BOTH_BLUE, "second-endpoint": { blue: 90, green: 10 } });
  });

  test("one leaves, its protection off, and the other serves on", { timeout: LONG }, async () => {
    deletionProtection = false;
    await rehearsal.stack.up();
    program = () => ({ id: declareFirst("first", 100).first.endpointId });
    deletionProtection = true;
    const trace = await rehearsal.armTrace(() => rehearsal.stack.up());
    expect(writesOf(trace).filter((write) => !write.startsWith("DELETE"))).toEqual([]);
    expect(trace.filter(({ method, path }) => method === "DELETE" && path.includes("first-endpoint"))).toEqual([]);
    expect(await live()).toEqual({ "first-endpoint": BOTH_BLUE });
  });
});

const TAGGED = /:(OnlineEndpoint|OnlineDeployment|Workspace)$/;

/** A component of another team, around ours. */
class Cardiology extends pulumi.ComponentResource {
  constructor(name: string, declare: (parent: pulumi.Resource) => void, options?: pulumi.ComponentResourceOptions) {
    super("team:index:Cardiology", name, {}, options);
    declare(this);
    this.registerOutputs({});
  }
}

describe("inside the component of another team", () => {
  test("it moves there under another name, with an alias, without a write", { timeout: LONG }, async () => {
    const aliases = [{ name: "first", parent: pulumi.rootStackResource }];
    program = () => {
      void new Cardiology("cardiology", (parent) => declareFirst("scoring", 100, { parent, aliases }));
      return {};
    };
    expect(await writesDuring(() => rehearsal.stack.up())).toEqual([]);
    const endpoint = (await rehearsal.stack.resources()).find(({ type }) => type.endsWith(":OnlineEndpoint"));
    expect(endpoint?.urn).toMatch(
      /::team:index:Cardiology\$azure-mlflow-rollout:index:ProgressiveMlflowEndpoint\$.*::scoring-endpoint$/,
    );
    deletionProtection = false;
    await rehearsal.stack.up();
    await rehearsal.stack.destroy();
    expect(await live()).toEqual({});
  });

  describe("with options of its own", () => {
    const tag: pulumi.ResourceTransform = ({ type, props, opts }) =>
      TAGGED.test(type) ? { props: { ...props, tags: { ...props.tags, costCentre: "4711" } }, opts } : undefined;

    /** All of it on a provider of the program, since the default one is switched off. */
    const declareOnProvider = (options: pulumi.ComponentResourceOptions, blue: number) => {
      const provider = new Provider("own", { location: "northeurope" });
      const { name: resourceGroupName } = new ResourceGroup("shared", {}, { provider, retainOnDelete: true });
      const declare = (parent: pulumi.Resource) =>
        new ProgressiveMlflowEndpoint("heart", { ...endpointArgs("heart", blue), resourceGroupName }, { parent });
      void new Cardiology("cardiology", declare, { provider, ...options });
      return {};
    };

    test("every resource and every read uses its provider, and its transforms apply", { timeout: LONG }, async () => {
      await rehearsal.stack.stack.setConfig("pulumi:disable-default-providers[0]", { value: "azure-native" }, true);
      program = () => declareOnProvider({ transforms: [tag] }, 100);
      await rehearsal.stack.up();
      program = () => declareOnProvider({ transforms: [tag] }, 90);
      expect(await writesDuring(() => rehearsal.stack.up())).toEqual(STEP);
      expect(await rehearsal.resources("/onlineEndpoints")).toMatchObject([
        { location: "northeurope", tags: { costCentre: "4711" }, properties: { traffic: { blue: 90, green: 10 } } },
      ]);
      const deployments = await rehearsal.resources("/onlineEndpoints/deployments");
      expect(deployments.map((each) => valueAt(each, "tags.costCentre"))).toEqual(["4711", "4711"]);
    });

    test("protected as a whole, nothing of it is deleted", { timeout: LONG }, async () => {
      program = () => declareOnProvider({ transforms: [tag], protect: true }, 90);
      expect(await writesDuring(() => rehearsal.stack.up())).toEqual([]);
      const writes = await writesDuring(async () => {
        await expect(rehearsal.stack.destroy()).rejects.toThrow("protected");
      });
      expect(writes).toEqual([]);
    });

    test("retained, it serves on when the stack is gone", { timeout: LONG }, async () => {
      program = () => declareOnProvider({ transforms: [tag], retainOnDelete: true }, 90);
      const writes = await writesDuring(async () => {
        await rehearsal.stack.up();
        await rehearsal.stack.destroy();
      });
      expect(writes).toEqual([]);
      expect(await rehearsal.stack.resources()).toEqual([]);
      expect(await live()).toEqual({ heart: { blue: 90, green: 10 } });
    });
  });
});
