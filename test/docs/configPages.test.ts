import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { STEP_RULES } from "../../components/rollout/rules";
import { ROOT } from "../../driver/paths";

function page(name: string): string {
  return readFileSync(join(ROOT, "docs", name), "utf8");
}

test("docs/config.md has a row for each key of stack config that the example's project declares", () => {
  const project = parse(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8")) as { config: Record<string, unknown> };
  const keys = Object.keys(project.config).filter((key) => !key.includes(":"));
  const rows = [...page("config.md").matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key);
  expect(new Set(rows)).toEqual(new Set(keys));
});

test("docs/rollout-output.md names the rules of a step in their order", () => {
  const [row = ""] = page("rollout-output.md").match(/^\| `rules`.*$/m) ?? [];
  const named = [...row.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
  const rules = STEP_RULES.map(({ name }) => name);
  expect(named.filter((name) => rules.some((rule) => rule === name))).toEqual(rules);
});
