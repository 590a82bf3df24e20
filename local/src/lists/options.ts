import { badRequest } from "../arm/errors";
import type { ArmError } from "../arm/errors";
import { objectAt, textAt, toText } from "../common/json";
import type { Json } from "../common/json";

/** Whether a document matches. */
type Filter = (document: Json) => boolean;

/** Reads the value of an option. @throws ArmError 400 */
export type ReadFilter = (value: string, name: string) => Filter;

/** Assumed text. */
export function invalidOption(name: string, allowed: string, value: string): ArmError {
  return badRequest("ValidationError", `The query parameter ${name} must be ${allowed}, got '${value}'.`);
}

/** A whole number from `least` on. */
export function readInteger(name: string, value: string, least: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number >= least) return number;
  throw invalidOption(name, `a whole number from ${least} on`, value);
}

export function readOneOf<T extends string>(name: string, value: string, words: readonly T[]): T {
  const word = words.find((each) => each.toLowerCase() === value.toLowerCase());
  if (word === undefined) throw invalidOption(name, `one of ${words.join(", ")}`, value);
  return word;
}

/** Archived assets are listed only on request. */
export const ACTIVE_ONLY = { listViewType: "ActiveOnly" };

/** `ActiveOnly`, `ArchivedOnly` or `All` assets. */
export const byView: ReadFilter = (value, name) => {
  const view = readOneOf(name, value, ["ActiveOnly", "ArchivedOnly", "All"]);
  const isWanted = { ActiveOnly: [false], ArchivedOnly: [true], All: [false, true] }[view];
  return (document) => isWanted.includes(propertiesOf(document)["isArchived"] === true);
};

/** Names and values of a map, all of them: `name1,name2=value2`. */
function byEntries(mapOf: (document: Json) => Json): ReadFilter {
  return (value) => {
    const wanted = value.split(",").filter((each) => each !== "");
    return (document) => {
      const map = mapOf(document);
      return wanted.every((each) => {
        const cut = each.indexOf("=");
        const name = cut < 0 ? each : each.slice(0, cut);
        return Object.hasOwn(map, name) && (cut < 0 || toText(map[name]) === each.slice(cut + 1));
      });
    };
  };
}

/** A property with this text. */
export function byProperty(property: string): ReadFilter {
  return (value) => (document) => textAt(propertiesOf(document), property) === value;
}

/** The name, in any case. */
export const byName: ReadFilter = (value) => (document) =>
  toText(document["name"]).toLowerCase() === value.toLowerCase();

export const byTags = byEntries((document) => objectAt(document, "tags"));
/** For assets, whose tags are among the properties. */
export const byAssetTags = byEntries((document) => objectAt(propertiesOf(document), "tags"));
export const byProperties = byEntries((document) => objectAt(propertiesOf(document), "properties"));

export function propertiesOf(document: Json): Json {
  return objectAt(document, "properties");
}
