import { describe, expect, test } from "vitest";
import { checkBlobNames, nameProblem } from "../../../components/models/modelAddress";
import type { ModelFile } from "../../../components/models/folder";

const DOT = "blob storage allows no name that ends with a dot";
const CONTROL = "blob storage allows no control characters in names";

test.each([
  ["a dot at the end", "heart/1/data.", DOT],
  ["a dot at the end of a folder", "heart/1/data./x", DOT],
  ["a line feed", "heart/1/a\nb", CONTROL],
  ["a C1 control", "heart/1/a\u0081b", CONTROL],
  ["what is no character", "heart/1/\uffff", CONTROL],
  ["a backslash", "heart/1/a\\b", "blob storage turns a backslash into a slash"],
  ["half a character", "heart/1/\ud83d", "its name is not valid Unicode"],
  ["1,025 characters", "x".repeat(1025), "its blob would have a name of 1025 characters, allowed are 1024"],
  ["255 levels", Array(255).fill("x").join("/"), "it would be 255 levels deep, allowed are 254"],
  ["nothing unusual", "heart/1/MLmodel", undefined],
  ["1,024 characters", "x".repeat(1024), undefined],
  ["254 levels", Array(254).fill("x").join("/"), undefined],
  ["letters, signs and spaces", "heart/1/größe 😀 & b+c%d?#'.txt", undefined],
])("a name with %s", (_, name, problem) => {
  expect(nameProblem(name)).toBe(problem);
});

describe("names that storage does not take", () => {
  test("are all said at once, without their control characters", () => {
    const files = ["a\u0007", "good", "b."].map((path): ModelFile => ({
      ...{ path, source: `models/${path}` },
      ...{ size: 0, sha256: "" },
    }));
    expect(() => checkBlobNames("heart/1", files)).toThrow(
      `"models/a\\u0007": ${CONTROL}; rename it\n"models/b.": ${DOT}; rename it`,
    );
  });
});
