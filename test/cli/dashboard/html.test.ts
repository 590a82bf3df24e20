import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { Html, escaped, html } from "../../../cli/dashboard/html";

test("what is put in is escaped, for text and for attributes in quotes", () => {
  const name = `<b a="1" b='2'>&`;
  expect(html`<p title="${name}">${name}</p>`.text).toBe(
    '<p title="&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;">&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;</p>',
  );
});

test("HTML is left as it is, lists are joined, nothing is nothing, and 0 is a value", () => {
  const entries = [html`<li>${0}</li>`, new Html("<li>1</li>")];
  expect(html`${entries}${undefined}`.text).toBe("<li>0</li><li>1</li>");
});

test.each([
  ["a line break and a tab stay", "a\n\tb", "a\n\tb"],
  ["control characters", "a\0b\u001bc\u0085d", "a\ufffdb\ufffdc\ufffdd"],
  ["text that runs the other way", "model\u202e2-ledom", "model\ufffd2-ledom"],
  ["half a character", "a\ud800b", "a\ufffdb"],
  ["a whole one stays", "a😀b", "a😀b"],
])("%s", (_name, text, shown) => {
  expect(escaped(text)).toBe(shown);
});

test.prop([fc.string({ unit: "binary" })])("no text leaves a sign of HTML", (text) => {
  expect(escaped(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
});
