import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { problemsWith } from "../support/checkedArgs";
import { readConfig } from "../support/configText";
import type { StackConfig } from "../support/configText";
import { ROOT } from "../../driver/paths";

const COMPUTE =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw/computes/aks";

test.each([
  ["deployments.md", {}],
  ["kubernetes.md", { compute: COMPUTE }],
])("the config of docs/%s is read and breaks no rule", (page, endpoint) => {
  const text = readFileSync(join(ROOT, "docs", page), "utf8");
  const [, yaml = ""] = /^```yaml\n([\s\S]*?)^```$/m.exec(text) ?? [];
  const { config } = parse(yaml) as { config: StackConfig };
  const own = Object.entries(config).map(([key, value]) => [key.replace("heart:", ""), value]);
  const { values, lines } = readConfig(Object.fromEntries(own) as StackConfig);
  expect(lines).toEqual([]);
  expect(Object.keys(values.deployments)).toEqual(["default", "xgboost-model-2"]);
  const { deployments, traffic } = values;
  expect(problemsWith({ deployments, traffic, ...endpoint })).toEqual([]);
});
