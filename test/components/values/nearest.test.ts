import { expect, test } from "vitest";
import { nearest } from "../../../components/values/nearest";

const SETTINGS = ["modelVersion", "instanceType", "instanceCount", "tags", "traffic", "mirrorTraffic"];

test.each([
  ["instanceTyp", "instanceType"],
  ["INSTANCECOUNT", "instanceCount"],
  ["traffik", "traffic"],
  ["tag", "tags"],
  ["mirror", "mirrorTraffic"],
  ["model", "modelVersion"],
  ["instance", undefined],
  ["instances", undefined],
  ["bake", undefined],
  ["ta", undefined],
  ["x", undefined],
  ["", undefined],
])("%s stands for %s", (word, meant) => {
  expect(nearest(word, SETTINGS)).toBe(meant);
});

test("nothing stands for a word when nothing is allowed", () => {
  expect(nearest("tags", [])).toBeUndefined();
});
