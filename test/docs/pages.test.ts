import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as ts from "typescript";
import { expect, test } from "vitest";
import * as components from "../../components";
import { mockRun } from "../support/mocks";
import { ROOT } from "../../driver/paths";

const page = (name: string): string => readFileSync(join(ROOT, "docs", name), "utf8");

function blockOf(name: string, language: string): string {
  const [, text = ""] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page(name)) ?? [];
  return text;
}

test("the program of docs/several-components.md declares two endpoints, each from its own namespace", async () => {
  const location = "westeurope";
  const workspace = { id: "/subscriptions/s/w", location, storageAccount: "/subscriptions/s/st", identity: {} };
  const run = await mockRun({ getWorkspace: workspace });
  const config = (name: string, weight: string) => ({
    [`${name}:modelVersions`]: `{"1":{"uri":"azureml://jobs/${name}/outputs/model"}}`,
    [`${name}:deployments`]: '{"model-1":{"modelVersion":"1"},"model-2":{"modelVersion":"1"}}',
    [`${name}:candidate`]: "model-2",
    [`${name}:candidateTraffic`]: weight,
  });
  pulumi.runtime.setAllConfig({ ...config("heart", "0"), ...config("stroke", "0") });
  const { outputText } = ts.transpileModule(blockOf("several-components.md", "ts"), {
    compilerOptions: { module: ts.ModuleKind.CommonJS },
  });
  const load = (name: string): unknown => (name === "azure-mlflow-rollout" ? components : require(name));
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- the text is a page of this repository
  new Function("require", "exports", outputText)(load, {});
  await run.settled();
  const names = run.registered.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["heart-traffic", "stroke-traffic", "stroke-deployment-model-2"]));
});

test("docs/ci.md names what the recipes need", () => {
  const recipe = (file: string): string => readFileSync(join(ROOT, "templates", "ci", file), "utf8");
  const variables = [...recipe("github/azure.yml").matchAll(/vars\.(\w+)/g)].map(([, name = ""]) => name);
  const connection = /azureSubscription: \$\(connection\)/.exec(recipe("azure-pipelines/azure-pipelines.yml"));
  expect(new Set(variables).size).toBe(4);
  expect(connection).not.toBeNull();
  const named = [
    ...variables,
    "environment `production`",
    "service connection `azure-rollout`",
    "variable group `rollout`",
  ];
  expect(named.filter((name) => !page("ci.md").includes(name))).toEqual([]);
});

test("docs/README.md leads to each page", () => {
  const pages = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md") && name !== "README.md");
  expect(pages.filter((name) => !page("README.md").includes(`](${name})`))).toEqual([]);
});

test("docs/testing.md names each option of startLocalAzure", () => {
  const source = readFileSync(join(ROOT, "local", "src", "server", "server.ts"), "utf8");
  const [, members = ""] = /export interface LocalAzureOptions[^{]*\{([\s\S]*?)^\}/m.exec(source) ?? [];
  const options = [...members.matchAll(/^ {2}readonly (\w+)\?/gm)].map(([, name = ""]) => name);
  const named = new Set([...page("testing.md").matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name));
  expect(options.length).toBeGreaterThan(8);
  expect(options.filter((name) => !named.has(name))).toEqual([]);
});

test("docs/arguments.md has each argument of the component, but what readRollout sets", () => {
  const source = readFileSync(join(ROOT, "components", "args", "index.ts"), "utf8");
  const [, members = ""] = source.split("export interface ProgressiveMlflowEndpointArgs {");
  const args = [...members.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name = ""]) => name);
  const [table = ""] = page("arguments.md").split("## Outputs");
  const named = new Set([...table.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(args.filter((name) => !named.has(name))).toEqual(["weightsFrom", "configNamespace"]);
});

test.each([
  ["crashes", "crash-table.jsonl"],
  ["faults", "fault-table.jsonl"],
  ["ordinary", "ordinary-use.jsonl"],
])("docs/proofs.md has the figures that are recorded of %s", (part, file) => {
  const rows = page(file)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly requests: number; readonly lost: number });
  const sum = (key: "requests" | "lost") => rows.reduce((total, row) => total + row[key], 0).toLocaleString("en");
  const [row = ""] = new RegExp(`^\\| \`${part}\`.*$`, "m").exec(page("proofs.md")) ?? [];
  expect(row).toContain(`${rows.length} `);
  expect(row).toContain(`${sum("lost")} of ${sum("requests")} requests lost`);
});
