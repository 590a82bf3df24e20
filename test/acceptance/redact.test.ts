import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { Redactor } from "../../acceptance/redact";

const SUBSCRIPTION = "0a1b2c3d-1111-4222-8333-0123456789ab";
const PERSON = "5f6e7d8c-1111-4222-8333-0123456789ab";

function redactor(): Redactor {
  const made = new Redactor();
  made.hide("subscription", SUBSCRIPTION);
  made.hide("client secret", "p~q/r s");
  made.hide("key", undefined);
  made.hide("home", "/");
  return made;
}

test.each([
  [
    "the subscription",
    `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`,
    "/subscriptions/<subscription>/resourceGroups/rg",
  ],
  ["its secret, as it is", "client_secret: p~q/r s", "client_secret: <client secret>"],
  ["its secret, in an address", "?client_secret=p~q%2Fr%20s&x=1", "?client_secret=<client secret>&x=1"],
  ["a token", "Bearer eyJ0eXAi.eyJhdWQi.c2ln-x_y", "Bearer <token>"],
  ["a signature", "https://a/b?se=1&sig=Ab%2Fc%3D&sv=2", "https://a/b?se=1&sig=<secret>&sv=2"],
  ["a storage key", `key ${"Ab1+/".repeat(17)}x==`, "key <key>"],
  ["an endpoint's key", `key ${"Ab1".repeat(28)}`, "key <key>"],
  ["a person", "ada.lovelace@example.com may not", "<address> may not"],
  [
    "nothing",
    "live weights {default: 90}, heart-classifier-a1b2c",
    "live weights {default: 90}, heart-classifier-a1b2c",
  ],
])("hides %s", (_, text, shown) => {
  expect(redactor().redacted(text)).toBe(shown);
});

test("an id that comes again is named the same, whatever its case", () => {
  const texts = [`object ${PERSON}`, `request ${SUBSCRIPTION.replace("0a", "ff")}`, `again ${PERSON.toUpperCase()}`];
  expect(redactor().redacted(texts)).toEqual(["object <id-1>", "request <id-2>", "again <id-1>"]);
});

test("all texts of a value are read, and the rest stays", () => {
  const value = { lost: 0, steps: [{ name: SUBSCRIPTION, ok: true }], [SUBSCRIPTION]: null };
  expect(redactor().redacted(value)).toEqual({
    lost: 0,
    steps: [{ name: "<subscription>", ok: true }],
    "<subscription>": null,
  });
});

property.prop([fc.string(), fc.string(), fc.base64String({ minLength: 44, maxLength: 88 })])(
  "a secret that is known is in no text",
  (before, after, secret) => {
    const made = new Redactor();
    made.hide("key", secret);
    expect(JSON.stringify(made.redacted({ text: `${before}${secret}${after}` }))).not.toContain(secret);
  },
);
