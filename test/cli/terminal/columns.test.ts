import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { cut, cutName, cutStyled, padEnd, padStart, printable, widthOf, wrap } from "../../../cli/terminal/columns";

const [RED, OFF] = ["\u001b[31m", "\u001b[39m"];

describe("how wide a text is", () => {
  test.each([
    ["model-2", 7],
    ["é", 1],
    ["e\u0301", 1],
    ["模型", 4],
    ["🚀", 2],
    ["", 0],
  ])("%j takes %i columns", (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });

  test("it is filled up to a width from either side", () => {
    expect([padEnd("模", 4), padStart("模", 4), padEnd("abc", 2)]).toEqual(["模  ", "  模", "abc"]);
  });
});

describe("what is cut", () => {
  test.each([
    ["model-2", 7, "model-2", "model-2"],
    ["model-2", 6, "model…", "mod…-2"],
    ["model-2", 4, "mod…", "mod…"],
    ["模型模型", 6, "模型…", "模…型"],
    ["模型模型", 5, "模型…", "模…型"],
    ["model-2", 1, "…", "…"],
    ["model-2", 0, "", ""],
  ])("%j to %i columns", (text, columns, end, middle) => {
    expect([cut(text, columns), cutName(text, columns)]).toEqual([end, middle]);
  });

  test("colours take no room, and end where they ended", () => {
    expect(cutStyled(`${RED}model-2${OFF} is`, 7)).toBe(`${RED}model-…${OFF}`);
    expect(cutStyled(`${RED}model-2${OFF}`, 7)).toBe(`${RED}model-2${OFF}`);
  });

  property.prop([fc.string({ unit: "grapheme" }), fc.integer({ min: 0, max: 30 })])(
    "is never wider than asked, and untouched where it fits",
    (text, columns) => {
      for (const shorten of [cut, cutName, cutStyled]) {
        expect(widthOf(shorten(text, columns))).toBeLessThanOrEqual(Math.max(columns, 1));
        expect(shorten(text, widthOf(text))).toBe(text);
      }
    },
  );
});

describe("lines of some columns", () => {
  test.each([
    ["one two three", 7, ["one two", "three"]],
    ["abcdefgh ij", 3, ["abc", "def", "gh", "ij"]],
    ["", 5, [""]],
  ])("%j in %i columns", (text, columns, lines) => {
    expect(wrap(text, columns)).toEqual(lines);
  });

  property.prop([fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 30 })])(
    "lose nothing but spaces, and none is too long",
    (text, columns) => {
      const lines = wrap(text, columns);
      expect(lines.join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
    },
  );
});

describe("what a service answers cannot write over the screen", () => {
  test.each([
    ["a\u001b[2Jb", "ab"],
    ["\u001b]0;title\u0007text", "text"],
    ["one\r\ntwo\u0007", "one two"],
    ["\u009b31mred", "red"],
  ])("%j", (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  property.prop([fc.string({ unit: "binary" })])("whatever it is", (text) => {
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(printable(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });
});
