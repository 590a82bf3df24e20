import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { clearFaults, injectFaults } from "../../driver/faults";
import { SERVED, ServingStack } from "../support/servingStack";

const CURE = "an endpoint cannot change it; declare a second component, move the callers, then remove this one";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let serving: ServingStack;

beforeAll(async () => {
  serving = await ServingStack.start();
});

afterAll(() => serving.close());

/** Whatever was refused, the program as it was writes nothing, and then finds nothing to do. */
afterEach(async () => {
  serving.declare({});
  const { refused, writes } = await serving.run((stack) => stack.up());
  expect({ refused, writes }).toEqual({ refused: false, writes: [] });
  await serving.expectSettled();
  expect(await serving.live("properties.traffic")).toEqual(SERVED);
});

/** The reasons that are given in the preview, and as well by an update that skips it; both are refused. */
async function refusals(): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const operation of ["preview", "up"] as const) {
    const { refused, text } = await serving.change((stack) => stack[operation]());
    texts.push(refused ? text : `${operation} is not refused`);
  }
  expect(texts.join("\n")).not.toMatch(/is not refused|Unhandled exception|\n\s+at .*:\d+:\d+/);
  const [previewed = [], updated = []] = texts.map(reasonsOf);
  expect(updated).toEqual(previewed);
  return previewed;
}

function reasonsOf(text: string): readonly string[] {
  return [...new Set(text.split("\n").filter((line) => /^\s+- \w+: /.test(line)))].map((line) => line.trim());
}

test("the location is changed", async () => {
  serving.declare({ location: "northeurope" });
  expect(await refusals()).toEqual([`- location: westeurope -> northeurope: ${CURE}`]);
});

test("the workspace is to be replaced by one of another name", async () => {
  const [workspace] = await serving.rehearsal.resources("MachineLearningServices/workspaces");
  serving.declare({ workspace: { name: "mlw-other" } });
  expect(await refusals()).toEqual([`- workspace: ${String(workspace?.["name"])} -> mlw-other: ${CURE}`]);
});

test("the endpoint is to get another name", async () => {
  const name = String(await serving.live("name"));
  serving.declare({ endpointName: "lung" });
  expect(await refusals()).toEqual([`- endpointName: ${name} -> lung: ${CURE}`]);
});

test("the resource group cannot be read", async () => {
  const error = { code: "AuthorizationFailed", message: "no permission" };
  const effect = { http: { status: 403, body: { error } } };
  await injectFaults(serving.rehearsal.azure, { match: "^GET .*/resourceGroups/[^/]+$", effect });
  expect(await refusals()).toEqual([
    '- resourceGroupName: cannot be read: Status=403 Code="AuthorizationFailed" Message="no permission"',
  ]);
  await clearFaults(serving.rehearsal.azure);
});
