import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../driver/paths";

const SOURCES = ["bin", "cli", "components", "local/src", "testing"];
const PREFIXES =
  "AGENT|ARM|AZURE|AZUREML|BUILD|CURL|GITHUB|GITLAB|HTTPS|LOCAL|MLFLOW|NO|NODE|PULUMI|REQUESTS|SSL|TF|XDG";
/** A name as a text, as a key, or taken out of an environment; and `name` in lower case, as proxies are. */
const NAME = new RegExp(
  `["{,(\\s](?<name>(?:${PREFIXES})_[A-Z_]+|GOGC|GOMEMLIMIT|https_proxy|no_proxy)(?=[":,}]| })`,
  "g",
);

/** The code of the sources, without comments. */
function sourceCode(): string {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => join(ROOT, folder, file)),
  );
  const texts = files.filter((file) => /\.(ts|js)$/.test(file)).map((file) => readFileSync(file, "utf8"));
  return texts.join("\n").replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}

test("docs/environment.md names each variable that the sources read or set, and no other", () => {
  const code = sourceCode();
  const constants = new Set([...code.matchAll(/\bconst (\w+)/g)].map(([, name]) => name));
  const names = [...code.matchAll(NAME)].map(({ groups }) => groups?.["name"] ?? "");
  const used = new Set(names.filter((name) => !constants.has(name)));
  const page = readFileSync(join(ROOT, "docs", "environment.md"), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  const named = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, it = ""]) => it));
  expect([...used].filter((name) => !named.includes(name)).toSorted()).toEqual([]);
  expect(named.filter((name) => name !== "PATH" && !used.has(name)).toSorted()).toEqual([]);
  expect(used.size).toBeGreaterThan(30);
});
