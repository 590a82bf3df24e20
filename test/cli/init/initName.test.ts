import { expect, test } from "vitest";
import { nameFrom, nameProblem } from "../../../cli/init/initName";

test.each([
  ["heart", "heart"],
  ["My heart model", "my-heart-model"],
  ["héärt (v2)", "heart-v2"],
  ["--model.final--", "model-final"],
  ["C:\\models\\blue", "c-models-blue"],
  ["x".repeat(200), "x".repeat(60)],
  ["..", undefined],
  ["心臓", undefined],
])("the folder %j gives the name %j", (folder, name) => {
  expect(nameFrom(folder)).toBe(name);
});

test.each(["heart", "1", "Heart_2", "x".repeat(60)])("%j is a name", (name) => {
  expect(nameProblem(name)).toBeUndefined();
});

test.each(["", " ", "a b", "-a", "a.b", "a/b", "../a", "x".repeat(61), "ü", "${PROJECT}", "a\n"])(
  "%j is refused, with what is allowed",
  (name) => {
    expect(nameProblem(name)).toMatch(
      /^".* is not a project name; use 1 to 60 letters, digits, dashes and underscores/,
    );
  },
);

test.each(["azure-native", "pulumi", "random"])("%s would be the config of something else", (name) => {
  expect(nameProblem(name)).toBe(`"${name}" is the namespace of other config; use another name`);
});
