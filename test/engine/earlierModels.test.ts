import { afterAll, beforeAll, expect, test } from "vitest";
import { resourcesOf } from "../../cli/stack/exportedStack";
import type { ExportedStack, ResourceState } from "../../cli/stack/exportedStack";
import { LostProject } from "../support/lostProject";

/** What version 0.1 declared for models beside their versions; all of it stays in Azure when it leaves the program. */
const EARLIER = [
  ["machinelearningservices:ModelContainer", "heart-model"],
  ["storage:BlobContainer", "heart-models"],
  ["machinelearningservices:Datastore", "heart-datastore"],
  ["storage:Blob", "heart-models-0123456789abcdef-MLmodel"],
] as const;
const VERSION = "azure-native:machinelearningservices:ModelVersion";

let lost: LostProject;
beforeAll(async () => {
  lost = await LostProject.open({ traffic: { blue: 90, green: 10 } });
  const stack = JSON.parse(await lost.must("stack", "export")) as ExportedStack;
  await lost.import({ ...stack, deployment: { ...stack.deployment, resources: asEarlier(resourcesOf(stack)) } });
});
afterAll(() => lost.close());

/** A state as version 0.1 has left it. */
function asEarlier(resources: readonly ResourceState[]): readonly ResourceState[] {
  const first = resources.findIndex(({ type }) => type === VERSION);
  const { parent = "", provider = "", urn = "" } = resources[first] ?? {};
  const earlier = EARLIER.map(([type, name]): ResourceState => {
    const own = beside(urn, `azure-native:${type}::${name}`);
    const base = { custom: true, type: `azure-native:${type}`, id: `/earlier/${name}`, inputs: {}, outputs: {} };
    return { ...base, urn: own, parent, provider, retainOnDelete: true };
  });
  const dependencies = earlier.map((resource) => resource.urn);
  const changed = resources.map((resource): ResourceState => {
    if (resource.urn === parent) return { ...resource, inputs: without(resource.inputs, "modelFiles") };
    const dependsOnThem = resource.type === VERSION || resource.urn.endsWith("::heart-deletion-protection");
    if (!dependsOnThem) return resource;
    return { ...resource, dependencies: [...(resource.dependencies ?? []), ...dependencies] };
  });
  return [...changed.slice(0, first), ...earlier, ...changed.slice(first)];
}

/** The URN of another child of the component. */
function beside(urn: string, typeAndName: string): string {
  return `${urn.slice(0, urn.lastIndexOf("$"))}$${typeAndName}`;
}

function without(values: Readonly<Record<string, unknown>> = {}, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== key));
}

async function stateOf(type: string): Promise<readonly ResourceState[]> {
  const stack = JSON.parse(await lost.must("stack", "export")) as ExportedStack;
  return resourcesOf(stack).filter((resource) => resource.type.startsWith(type));
}

test.each(["OnlineDeployment::heart-deployment-green", "ModelVersion::heart-model-2"])(
  "an update that is for %s alone leaves what the earlier version declared as it is",
  async (target) => {
    const [version] = await stateOf(VERSION);
    const urn = beside(version?.urn ?? "", `azure-native:machinelearningservices:${target}`);
    expect(await lost.writes(() => lost.must("up", "--yes", "--skip-preview", "--target", urn))).toEqual([]);
    expect(await stateOf("azure-native:storage:Blob")).toHaveLength(2);
  },
);

test("the preview says what leaves the state only", async () => {
  const text = await lost.must("preview");
  expect(text).toContain("model files are now in the default datastore of the workspace");
  for (const [, name] of EARLIER) expect(text).toMatch(new RegExp(`${name} delete\\[retain\\]`));
  expect(text).toMatch(/~ 1 to update\n\s+- 4 to delete\n/);
});

test("one update brings the stack over without a write, and its versions keep id and address to the letter", async () => {
  const before = await stateOf(VERSION);
  expect(await lost.writes(() => lost.must("up", "--yes", "--skip-preview"))).toEqual([]);
  const after = await stateOf(VERSION);
  expect(after.map(({ id, inputs }) => [id, inputs])).toEqual(before.map(({ id, inputs }) => [id, inputs]));
  expect(await stateOf("azure-native:storage:Blob")).toEqual([]);
  expect(await lost.must("preview")).not.toContain("to update");
});

test("and goes on from there, for one deployment as well", async () => {
  const [version] = await stateOf(VERSION);
  const urn = beside(
    version?.urn ?? "",
    "azure-native:machinelearningservices:OnlineDeployment::heart-deployment-blue",
  );
  await lost.must("up", "--yes", "--skip-preview", "--target", urn);
  lost.declare({ traffic: { blue: 50, green: 50 } });
  await lost.must("up", "--yes", "--skip-preview");
  expect(await lost.azure.liveTraffic()).toEqual({ blue: 50, green: 50 });
});
