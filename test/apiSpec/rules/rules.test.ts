import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { apiVersionsOf } from "../../../local/src/apiSpec/versions";
import { TYPES } from "../../../local/src/pulumi/plugins/azureNative/rows/resourceTypes";
import { WITHOUT_SPECS, specsAreSaved } from "../../../apiSpec/savedSpecs";
import { specTables, publishedVersions } from "../../../apiSpec/rules/specTables";
import { placeOf } from "../../../apiSpec/rules/operations";
import { ROOT } from "../../../driver/paths";

const FOLDER = join(ROOT, "local", "src", "apiSpec");
const kept = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8"));

describe("what the local Azure knows of the specification", () => {
  test.skipIf(!specsAreSaved)(
    `is what the specifications say; else: npm run api-spec${WITHOUT_SPECS}`,
    () => {
      const { bodies, rules, operations } = specTables();
      expect({ bodies: kept("bodies"), rules: kept("rules"), operations: kept("operations") }).toEqual({
        ...{ bodies, rules, operations },
      });
    },
    60_000,
  );

  test("has the API versions that azure-native tells of", () => {
    expect(kept("versions")).toEqual(publishedVersions());
  });

  test("has rules for nothing that no body refers to", () => {
    const text = JSON.stringify([kept("bodies"), kept("rules")]);
    const idle = Object.keys(kept("rules") as object).filter((name) => text.split(`:"${name}"`).length < 2);
    expect(idle).toEqual([]);
  });
});

test.each([
  ["PUT", "/subscriptions/{s}/resourcegroups/{g}", "PUT resourcegroups"],
  ["GET", "/subscriptions/{s}/resourceGroups/{g}/providers/A.B/c/{d}/e", "LIST a.b/c/e"],
  ["GET", "/subscriptions/{s}/providers/A.B/c", "LIST subscription a.b/c"],
  ["POST", "/subscriptions/{s}/resourceGroups/{g}/providers/A.B/c/{d}/run", "POST a.b/c/run"],
  ["DELETE", "/subscriptions/{s}/resourceGroups/{g}/providers/A.B/c/{d}", "DELETE a.b/c"],
])("%s %s is the operation %s", (method, path, key) => {
  expect(placeOf({ method, path })?.key).toBe(key);
});

test.each([
  ["microsoft.machinelearningservices/workspaces/onlineendpoints", ["2022-10-01", "2024-04-01", "2025-12-01"]],
  ["microsoft.machinelearningservices/locations/usages", ["2024-04-01"]],
  ["microsoft.insights/metrics", ["2018-01-01", "2023-10-01"]],
  ["resourcegroups", ["2021-04-01", "2022-09-01", "2022-12-01", "2024-03-01", "2025-04-01"]],
])("clients of this repository ask for %s in %j", (type, versions) => {
  expect(versions.filter((version) => !apiVersionsOf(type).includes(version))).toEqual([]);
});

test("the stand-ins of azure-native ask for published versions", () => {
  const asked = Object.values(TYPES).map(({ path, apiVersion }) => {
    const type = placeOf({ method: "PUT", path: path.startsWith("/{") ? path : `/subscriptions/{s}${path}` })?.type;
    return { type, isPublished: apiVersionsOf(type ?? "").includes(apiVersion) };
  });
  expect(asked.filter(({ isPublished }) => !isPublished)).toEqual([]);
});
