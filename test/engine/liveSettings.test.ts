import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { textAt, valueAt } from "../../driver/azureClient";
import { clearFaults, injectFaults } from "../../driver/faults";
import { ServingStack } from "../support/servingStack";
import type { Declared } from "../support/servingStack";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const AUTOSCALE = { minimumInstanceCount: 2, maximumInstanceCount: 10 };
const CHANGED = "it was changed elsewhere, and it has 90 % of the live traffic";
const PUT = "PUT onlineEndpoints/deployments";

let serving: ServingStack;

beforeAll(async () => {
  serving = await ServingStack.start([declared({})]);
});

afterAll(() => serving.close());

/** The program, by the tag and the settings of the deployment that serves most. */
function declared(blue: object, others: Declared = {}): Declared {
  const own = { environmentVariables: { LEVEL: "info", WORKERS: "4" } };
  return {
    ...others,
    deployments: { [BLUE]: { modelVersion: "1", ...own, ...blue }, [GREEN]: { modelVersion: "2" } },
  };
}

async function liveDeployment(name: string): Promise<Readonly<Record<string, unknown>>> {
  const found = (await serving.rehearsal.resources("/deployments")).find(
    (deployment) => textAt(deployment, "name").toLowerCase() === name.toLowerCase(),
  );
  if (found === undefined) throw new Error(`Azure has no deployment ${name}`);
  return found;
}

/** Changes the deployment as somebody else would, who reads it and puts it back. */
async function edit(properties: object, capacity?: number): Promise<void> {
  const live = await liveDeployment(BLUE);
  const { provisioningState: _, ...kept } = valueAt(live, "properties") as Record<string, unknown>;
  const { status } = await serving.rehearsal.azure.operate("PUT", textAt(live, "id"), {
    location: valueAt(live, "location"),
    kind: valueAt(live, "kind"),
    tags: valueAt(live, "tags"),
    sku: { name: "Default", capacity: capacity ?? valueAt(live, "sku.capacity") },
    properties: { ...kept, ...properties },
  });
  expect(status).toBe(200);
}

const settings = async (path: string) => valueAt(await liveDeployment(BLUE), path);

/** An `up` of the program that must be refused without a write. */
async function refused(program: Declared): Promise<string> {
  serving.declare(program);
  const { refused: isRefused, text, writes } = await serving.run((stack) => stack.up());
  expect({ isRefused, writes }).toEqual({ isRefused: true, writes: [] });
  return text;
}

async function passes(program: Declared): Promise<{ readonly text: string; readonly writes: readonly string[] }> {
  serving.declare(program);
  const { refused: isRefused, text, writes } = await serving.run((stack) => stack.up());
  expect({ isRefused, text: isRefused ? text : "" }).toEqual({ isRefused: false, text: "" });
  return { text, writes };
}

describe("somebody changes a deployment that serves", () => {
  test("a tag alone is written before that", async () => {
    expect((await passes(declared({ tags: { colour: "blue" } }))).writes).toEqual([PUT]);
    await serving.expectSettled();
  });

  test("a changed tag does not put it back: both values are said, and nothing is written", async () => {
    await edit({
      requestSettings: { maxConcurrentRequestsPerInstance: 2, requestTimeout: "PT30S" },
      environmentVariables: { LEVEL: "debug-s3cret", WORKERS: "4", TOKEN: "s3cret" },
    });
    const text = await refused(declared({ tags: { colour: "navy" } }));
    const accept = (setting: string) =>
      `declare the live value, or overwrite it with acceptLiveSettings: {"${BLUE}": ["${setting}"]}`;
    const lines = [
      "requestSettings.maxConcurrentRequestsPerInstance: the live deployment has 2 and the update would write 1",
      "requestSettings.requestTimeout: the live deployment has PT30S and the update would write PT5S",
      "environmentVariables.LEVEL: the live deployment has another value than the update would write",
      "environmentVariables.TOKEN: the live deployment has it and the update would remove it",
    ];
    for (const line of lines) {
      expect(text).toContain(`deployments.${BLUE}.${line}: ${CHANGED}; ${accept(line.split(".")[0] ?? "")}`);
    }
    expect(text).not.toContain("s3cret");
  });

  test("one setting accepted by name is not enough for another one", async () => {
    const accepted = { acceptLiveSettings: { [BLUE]: ["environmentVariables"] } };
    const text = await refused(declared({ tags: { colour: "navy" } }, accepted));
    expect(text).not.toContain(`deployments.${BLUE}.environmentVariables`);
    expect(text).toContain(`deployments.${BLUE}.requestSettings.requestTimeout: the live deployment has PT30S`);
  });

  test("what is declared as it is live, and what is accepted by name, goes through", async () => {
    const accepted = { acceptLiveSettings: { [BLUE]: ["environmentVariables"] } };
    const requestSettings = { maxConcurrentRequestsPerInstance: 2, requestTimeoutSeconds: 30 };
    const { text, writes } = await passes(declared({ tags: { colour: "navy" }, requestSettings }, accepted));
    expect(writes).toEqual([PUT]);
    expect(text).toContain(
      `warning: deployment ${BLUE}: what was changed elsewhere is overwritten, as acceptLiveSettings says: ` +
        "environmentVariables.LEVEL, environmentVariables.TOKEN; take it out of the program or the config again",
    );
    expect(await settings("properties.requestSettings.requestTimeout")).toBe("PT30S");
    expect(await settings("properties.environmentVariables")).toMatchObject({ LEVEL: "info" });
    expect(await settings("properties.environmentVariables.TOKEN")).toBeUndefined();
    serving.declare(declared({ tags: { colour: "navy" }, requestSettings }));
    await serving.expectSettled();
    await edit({ requestSettings: { maxConcurrentRequestsPerInstance: 1, requestTimeout: "PT5S" } });
  });

  test("another model is not put back, not even after a refresh", async () => {
    const [, green] = await Promise.all([liveDeployment(BLUE), liveDeployment(GREEN)]);
    const own = await settings("properties.model");
    await edit({ model: valueAt(green, "properties.model") });
    const accepted = { acceptLiveSettings: { [BLUE]: ["requestSettings"] } };
    const text = await refused(declared({ tags: { colour: "grey" } }, accepted));
    expect(text).toContain(
      `deployments.${BLUE}.modelVersion: the live deployment has heart-classifier/versions/2 and the update would write ` +
        `heart-classifier/versions/1: ${CHANGED}`,
    );
    const { refused: isRefused, writes } = await serving.run((stack) => stack.up({ refresh: true }));
    expect({ isRefused, writes }).toEqual({ isRefused: true, writes: [] });
    await edit({ model: own });
    await serving.run((stack) => stack.refresh());
    expect((await passes(declared({ tags: { colour: "grey" } }))).writes).toEqual([PUT]);
  });
});

describe("instances of a deployment that serves", () => {
  test("that a person added are not taken away by a tag", async () => {
    await edit({}, 3);
    const text = await refused(declared({ tags: { colour: "red" } }));
    expect(text).toContain(
      `deployments.${BLUE}.instanceCount: the live deployment has 3 and the update would write 1, and it has 90 % of the ` +
        "live traffic; declare instanceCount: 3",
    );
    await passes(declared({ tags: { colour: "red" }, instanceCount: 3 }));
    await passes(declared({ tags: { colour: "red" }, instanceCount: 2 }));
    expect(await settings("sku.capacity")).toBe(2);
  });

  test("that autoscale added stay when it is removed, until somebody says by name that they may go", async () => {
    await passes(declared({ autoscale: AUTOSCALE }));
    await edit({}, 8);
    const text = await refused(declared({}));
    expect(text).toContain(
      `deployments.${BLUE}.instanceCount: the live deployment has 8 and the update would write 1, and it has 90 % of the ` +
        `live traffic; declare instanceCount: 8, or take the others away with acceptLiveSettings: {"${BLUE}": ["instanceCount"]}`,
    );
    await passes(declared({}, { acceptLiveSettings: { [BLUE]: ["instanceCount"] } }));
    // The autoscale setting goes after the deployment is written, and may make its minimum of the one instance.
    expect(await settings("sku.capacity")).toBeLessThanOrEqual(AUTOSCALE.minimumInstanceCount);
  });
});

test("an endpoint that is not found while its deployments are known refuses every write", async () => {
  const { azure } = serving.rehearsal;
  await injectFaults(azure, { match: "^GET .*/onlineEndpoints/[^/]+$", effect: { http: { status: 404 } } });
  const text = await refused(declared({ tags: { colour: "green" }, instanceCount: 2 }));
  expect(text).toMatch(
    /endpoint heart-classifier-\w+ cannot be found in Azure although this stack has deployments on it: nothing is written; if it was deleted, run "pulumi up --refresh"/,
  );
  await clearFaults(azure);
  expect((await passes(declared({ tags: { colour: "green" }, instanceCount: 2 }))).writes).toEqual([PUT]);
});

test("a deployment with weight that cannot be read refuses its write", async () => {
  const { azure } = serving.rehearsal;
  await injectFaults(azure, { match: `^GET .*/deployments/${BLUE}$`, effect: { http: { status: 403 } } });
  expect(await refused(declared({ tags: { colour: "white" } }))).toContain(`cannot read ${BLUE}: `);
  await clearFaults(azure);
});
