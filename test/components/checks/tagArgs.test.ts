import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { MAX_DECLARED_TAGS, checkTagCount } from "../../../components/rollout/tagRules";
import { RECORD_TAGS } from "../../../components/rollout/record";
import { problemsWith } from "../../support/checkedArgs";
import { linesOf } from "../../support/linesOf";

const RECORDS = Object.keys(RECORD_TAGS).length;
const CREATED = { workspace: undefined };
const ADOPTED = { workspace: { existingName: "mlw" } };

function some(count: number, prefix = "t"): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, "1"]));
}

test("a step leaves the tags of the resource that it does not take for its record", () => {
  expect(MAX_DECLARED_TAGS).toBe(50 - RECORDS);
});

describe("tags of everything", () => {
  test.each<[string, Record<string, string>, object, readonly string[]]>([
    ["as many as there may be", some(MAX_DECLARED_TAGS), CREATED, []],
    [
      "one too many",
      some(MAX_DECLARED_TAGS + 1),
      CREATED,
      [
        `tags: has ${MAX_DECLARED_TAGS + 1} tags; Azure takes 50 on a resource, and ${RECORDS} of them are this package's ` +
          `own on the endpoint: use at most ${MAX_DECLARED_TAGS}, remove 1`,
      ],
    ],
    ["names as Azure takes them", { "cost-centre (EU)": "1", "hidden-link:x": "1", ü: "1", azimuth: "1" }, CREATED, []],
    [
      "characters that Azure takes in no name",
      { "a/b": "1", "50%": "1", "a\\b": "1", "<": "1" },
      CREATED,
      [
        "tags.a/b: has / in its name; Azure takes none of < > % & \\ ? /",
        "tags.50%: has % in its name; Azure takes none of < > % & \\ ? /",
        "tags.a\\b: has \\ in its name; Azure takes none of < > % & \\ ? /",
        "tags.<: has < in its name; Azure takes none of < > % & \\ ? /",
      ],
    ],
    [
      "prefixes that Azure keeps for itself",
      { "Microsoft.team": "1", azureTeam: "1", windows: "1" },
      CREATED,
      [
        "tags.Microsoft.team: begins with Microsoft, which Azure reserves; give it another name",
        "tags.azureTeam: begins with azure, which Azure reserves; give it another name",
        "tags.windows: begins with windows, which Azure reserves; give it another name",
      ],
    ],
    [
      "names of the record of a step",
      { "Mlflow-Rollout-traffic": "1" },
      CREATED,
      ["tags.Mlflow-Rollout-traffic: is the name of a record that this package keeps; give it another name"],
    ],
    [
      "names that differ in case",
      { team: "1", owner: "1", Team: "2" },
      CREATED,
      ["tags.Team: differs from team only in case, and Azure treats them as the same; remove one of them"],
    ],
    ["an empty name", { "": "1" }, CREATED, ["tags.: must have a name, got an empty one"]],
    [
      "a name that is too long for the storage account",
      { ["n".repeat(129)]: "1" },
      CREATED,
      [
        `tags.${"n".repeat(129)}: has a name of 129 characters; Azure takes at most 128 on the storage account that is created`,
      ],
    ],
    ["a long name when no storage account is created", { ["n".repeat(512)]: "1" }, ADOPTED, []],
    [
      "a name that is too long for everything",
      { ["n".repeat(513)]: "1" },
      ADOPTED,
      [`tags.${"n".repeat(513)}: has a name of 513 characters; Azure takes at most 512`],
    ],
    [
      "__proto__ and constructor",
      Object.fromEntries([
        ["__proto__", "1"],
        ["constructor", "1"],
      ]),
      CREATED,
      [],
    ],
  ])("%s", (_, tags, workspace, lines) => {
    expect(problemsWith({ tags, ...workspace })).toEqual(lines);
  });

  test("that come from another resource are left to the step", () => {
    expect(problemsWith({ tags: pulumi.output(some(60)) })).toEqual([]);
  });
});

describe("tags of a deployment", () => {
  const AT = "deployments.xgboost-model-2.tags";

  test.each<[string, Record<string, string>, Record<string, string>, readonly string[]]>([
    ["as many as there may be with those of the component", some(25, "a"), some(25, "b"), []],
    ["the same names as the component has", some(40), some(40), []],
    [
      "one too many",
      some(26, "a"),
      some(25, "b"),
      [`${AT}: are 51 with those of the component; Azure takes 50 on a resource, remove 1`],
    ],
    [
      "a name that differs in case from one of the component",
      { Team: "1" },
      { team: "1" },
      [`${AT}.Team: differs from team only in case, and Azure treats them as the same; remove one of them`],
    ],
    [
      "names that differ in case",
      { team: "1", Team: "1" },
      {},
      [`${AT}.Team: differs from team only in case, and Azure treats them as the same; remove one of them`],
    ],
  ])("%s", (_, own, tags, lines) => {
    const deployments = { default: { modelVersion: "1" }, "xgboost-model-2": { modelVersion: "2", tags: own } };
    expect(problemsWith({ deployments, tags })).toEqual(lines);
  });
});

test.each<[number, readonly string[]]>([
  [48, []],
  [
    50,
    [
      "tags: the endpoint would have 52 tags, with 2 of this package and those that others have put there; Azure takes at " +
        "most 50, remove 2",
    ],
  ],
])("the tags of others count with %i of them", (count, lines) => {
  const tags = { ...some(count), "mlflow-rollout-traffic": "default=100", "mlflow-rollout-changed-at": "now" };
  expect(linesOf(checkTagCount(tags))).toEqual(lines);
});
