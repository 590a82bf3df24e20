import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as ts from "typescript";
import { expect, test } from "vitest";
import * as components from "../../components";
import { mockRun } from "../support/mocks";
import { ROOT } from "../../driver/paths";

const PROVIDERS = "/subscriptions/s/resourceGroups/rg/providers";
const CONFIG = {
  vaultId: `${PROVIDERS}/Microsoft.KeyVault/vaults/kv`,
  registryId: `${PROVIDERS}/Microsoft.ContainerRegistry/registries/cr`,
  logWorkspaceId: `${PROVIDERS}/Microsoft.OperationalInsights/workspaces/logs`,
  operators: "11111111-2222-4333-8444-555555555555",
};
const WORKSPACE = { id: `${PROVIDERS}/w/mlw`, location: "westeurope", storageAccount: `${PROVIDERS}/st`, identity: {} };
const ANSWERS = { getWorkspace: WORKSPACE, listOnlineEndpointKeys: { primaryKey: "key-1", secondaryKey: "key-2" } };

/** Runs the program of a page, with the component of this repository. */
function runProgram(page: string): void {
  const [, program = ""] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, "docs", page), "utf8")) ?? [];
  const { outputText } = ts.transpileModule(program, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const load = (name: string): unknown => (name === "azure-mlflow-rollout" ? components : require(name));
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- the text is a page of this repository
  new Function("require", "exports", outputText)(load, {});
}

test.each<[string, readonly string[]]>([
  [
    "access.md",
    ["heart-identity-storage-role", "heart-identity-registry-role", "heart-role-operators", "heart-key-secret"],
  ],
  [
    "observability.md",
    ["heart-diagnostics-logs", "heart-alert-server-errors", "heart-alert-model-errors", "heart-alert-latency"],
  ],
  ["composition.md", ["first-workspace", "first-endpoint", "second-endpoint", "second-traffic"]],
])("the program of docs/%s declares what the page is about", async (page, names) => {
  const run = await mockRun(ANSWERS);
  pulumi.runtime.setAllConfig(Object.fromEntries(Object.entries(CONFIG).map(([key, it]) => [`project:${key}`, it])));
  runProgram(page);
  await run.settled();
  expect(run.registered.map(({ name }) => name)).toEqual(expect.arrayContaining([...names]));
});
