import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findEngine } from "azure-mlflow-rollout-local";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { projectFiles } from "../../cli/init/projectFiles";
import type { TextFiles } from "../../cli/init/projectFiles";
import { ROOT } from "../../driver/paths";
import { temporaryFolder } from "../support/temporaryFolder";

const TEMPLATE = join(ROOT, "templates", "rollout");
type Manifest = Readonly<Record<string, Readonly<Record<string, string>>>>;

let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  const engine = await findEngine();
  if (engine === undefined) throw new Error('there is no Pulumi engine; run "npm run setup"');
  env = { ...process.env, ...engine.env, PULUMI_CONFIG_PASSPHRASE: "template" };
});

const textsOf = (folder: string): TextFiles =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));

test("pulumi new makes what init makes", () => {
  const folder = temporaryFolder({ "state/x": "" });
  const args = ["new", TEMPLATE, "--yes", "--generate-only", "--name", "heart", "--dir", join(folder, "heart")];
  const backend = { PULUMI_BACKEND_URL: `file://${join(folder, "state")}` };
  const description = "Progressive rollout of the MLflow model heart";
  execFileSync("pulumi", [...args, "--description", description, "--non-interactive"], {
    cwd: folder,
    env: { ...env, ...backend },
    stdio: "pipe",
  });
  const made = textsOf(join(folder, "heart"));
  const own = projectFiles({ name: "heart", template: textsOf(TEMPLATE), others: {}, sample: undefined });
  const parsed = (texts: TextFiles): Record<string, unknown> => ({ ...texts, "Pulumi.yaml": project(texts) });
  expect(parsed(made)).toEqual(parsed(own));
});

/** The project without the tag that says which template it is from. */
function project(texts: TextFiles): unknown {
  const { config, ...rest } = parse(texts["Pulumi.yaml"] ?? "") as { config: Record<string, unknown> };
  const { "pulumi:tags": _, ...own } = config;
  return { ...rest, config: own };
}

test("the template has the versions that are tested", () => {
  const own = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest & { readonly version: string };
  const template = JSON.parse(readFileSync(join(TEMPLATE, "package.json"), "utf8")) as Manifest;
  const named = Object.entries({ ...template["dependencies"], ...template["devDependencies"] });
  const tested: Readonly<Record<string, string>> = { ...own["devDependencies"], "azure-mlflow-rollout": own.version };
  expect(Object.fromEntries(named)).toEqual(
    Object.fromEntries(named.map(([name]) => [name, `^${tested[name] ?? "untested"}`])),
  );
});

test("its config is that of this repository's own project", () => {
  const configOf = (file: string): object => (parse(readFileSync(file, "utf8")) as { config: object }).config;
  const own = Object.keys(configOf(join(ROOT, "Pulumi.yaml"))).filter((key) => key !== "azure-native:location");
  expect(Object.keys(configOf(join(TEMPLATE, "Pulumi.yaml")))).toEqual(["resourceGroup", "workspace", ...own]);
});
