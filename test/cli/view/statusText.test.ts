import { describe, expect, test } from "vitest";
import { buildView } from "../../../cli/status/buildView";
import { COLOURED } from "../../../cli/terminal/style";
import { statusText } from "../../../cli/view/statusText";
import { at, factsOf } from "../../support/rolloutFacts";
import { SCENES } from "../../support/scenes";
import { PICTURES } from "../../support/statusPictures";

test.each(PICTURES)("the screen when %s", (name, picture) => {
  expect(`\n${statusText(buildView(factsOf(SCENES[name])))}`).toBe(picture);
});

test("each scene has its picture, and no line is longer than 80 columns", () => {
  expect(PICTURES.map(([name]) => name)).toEqual(Object.keys(SCENES));
  for (const [, picture] of PICTURES) for (const line of picture.split("\n")) expect(line.length).toBeLessThan(81);
});

describe("colours", () => {
  test("tell what is not as it should be", () => {
    const text = statusText(buildView(factsOf(SCENES["a deployment has failed"])), { style: COLOURED });
    expect(text).toContain("\u001b[31mdegraded\u001b[39m");
    expect(text).toContain("\u001b[31mmodel-2     candidate  2          10 %  10 %  Failed             1\u001b[39m");
    expect(text).toContain("\nmodel-1     stable     1          90 %  90 %  Succeeded          1\n");
  });

  test("are all that they add", () => {
    for (const scene of Object.values(SCENES)) {
      const view = buildView(factsOf(scene));
      // oxlint-disable-next-line no-control-regex -- colours begin with one
      expect(statusText(view, { style: COLOURED }).replaceAll(/\u001b\[\d+m/g, "")).toBe(statusText(view));
    }
  });
});

test("what a service answers cannot write over the screen", () => {
  const paused = "\u001b[2J\u001b[31mnothing to see\r\nhere\u0007";
  const text = statusText(buildView(factsOf({ config: at(0, { rollout: { paused } }), missing: ["\u009b2Jgone"] })));
  expect(text).toContain("\npaused: nothing to see here\n");
  expect(text).toContain("\nmissing  gone\n");
  // oxlint-disable-next-line no-control-regex -- they are what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

test("a narrow terminal gets shorter lines", () => {
  const lines = statusText(buildView(factsOf(SCENES["it bakes"])), { width: 62 }).split("\n");
  for (const line of lines) expect(line.length).toBeLessThan(63);
});
