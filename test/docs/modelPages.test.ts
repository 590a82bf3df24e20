import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { dailyCost, describeCost } from "../../components/rollout/cost";
import { checkQuota } from "../../components/rollout/quota";
import { formatViolations } from "../../components/values/violation";
import { VALID, problemsWith } from "../support/checkedArgs";
import { readConfig } from "../support/configText";
import { ROOT } from "../../driver/paths";

const page = (name: string) => readFileSync(join(ROOT, "docs", name), "utf8");
/** The texts of the fenced blocks of a language. */
const blocks = (name: string, language: string) =>
  [...page(name).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`$`, "gm"))].map(
    ([, text = ""]) => text,
  );

test("the config of docs/models.md is read and breaks no rule", () => {
  const { config } = parse(blocks("models.md", "yaml")[0] ?? "") as { config: Record<string, unknown> };
  const { values, lines } = readConfig({
    modelVersions: config["heart:modelVersions"],
    deployments: VALID.deployments,
    traffic: VALID.traffic,
  });
  expect(lines).toEqual([]);
  expect(Object.keys(values.versions ?? {})).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
  expect(problemsWith({ model: { name: "heart-classifier", versions: values.versions } })).toEqual([]);
});

test("docs/quota-and-cost.md shows what is said", () => {
  const size = (instances: number) => ({ instanceType: "Standard_DS3_v2", instances, mostInstances: instances });
  const refusal = checkQuota({
    location: "westeurope",
    sizes: { blue: size(1), green: size(2) },
    live: { blue: 1 },
    vmSizes: [{ name: "Standard_DS3_v2", family: "standardDSv2Family", cores: 4, gpus: 0 }],
    quotas: [{ family: "Standard DSv2 Family Cluster Dedicated vCPUs", used: 8, limit: 16 }],
  });
  const prices = { hourlyPrices: { Standard_DS3_v2: 0.27 }, currency: "EUR" };
  expect(blocks("quota-and-cost.md", "text")).toEqual([
    formatViolations(refusal),
    describeCost(dailyCost({ default: size(2), green: size(1) }, prices)),
  ]);
});
