import type { ArmRequest } from "../arm/resourceHandler";
import { objectAt, toText } from "../common/json";
import type { Json } from "../common/json";
import type { Reply } from "../http/exchange";
import { invalidOption, readInteger } from "./options";
import type { ReadFilter } from "./options";

/** What a list can be asked for. */
export interface ListOptions {
  /** Filters by the name of the query parameter. */
  readonly filters?: Readonly<Record<string, ReadFilter>>;
  /** Values of filters that are not given. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Name of the parameter with the most documents of a page, and how many there are when it is not given. */
  readonly size?: readonly [name: string, usual?: number];
  /** Name of the parameter with how many documents are left out, beside the token of the next page. */
  readonly offset?: string;
  /** The order that is asked for; undefined when none is. */
  readonly order?: (query: URLSearchParams) => SortOrder | undefined;
}

export interface SortOrder {
  readonly by: "createdAt" | "lastModifiedAt" | "name";
  readonly isDescending: boolean;
}

/** A page begins behind so many documents; clients take the token from `nextLink`. */
const TOKEN = "$skip";
const COLLATOR = new Intl.Collator("en", { numeric: true });

/**
 * A page of documents as the options of a list ask for, with the address of the next one when there is more. An option
 * that is given empty is none.
 *
 * @param url of the server
 * @throws ArmError 400 when an option has a value that it cannot have
 */
export function listReply(url: string, request: ArmRequest, documents: readonly Json[], options: ListOptions): Reply {
  const { query, id } = request;
  const { filters = {}, defaults = {}, size, offset } = options;
  const given = (name: string): string | undefined => filled(query.getAll(name).join(",")) ?? defaults[name];
  const tests = Object.entries(filters).flatMap(([name, read]) => {
    const value = given(name);
    return value === undefined ? [] : [read(value, name)];
  });
  const found = sorted(
    documents.filter((document) => tests.every((test) => test(document))),
    options.order?.(query),
  );
  const [sizeName = "", usual] = size ?? [];
  const asked = given(sizeName);
  const most = asked === undefined ? usual : readInteger(sizeName, asked, 1);
  const [token, left] = [filled(query.get(TOKEN)), offset === undefined ? undefined : given(offset)];
  const start = token === undefined ? readInteger(offset ?? TOKEN, left ?? "0", 0) : readInteger(TOKEN, token, 0);
  const end = most === undefined ? found.length : start + most;
  const value = found.slice(start, end);
  if (end >= found.length) return { status: 200, body: { value } };
  const next = new URLSearchParams(query);
  next.set(TOKEN, String(end));
  return { status: 200, body: { value, nextLink: `${url}${id.text}/${id.tail ?? ""}?${next.toString()}` } };
}

/** `createdtime desc`: a property and, unless it is ascending, the direction. Microsoft's SDK sends this form. */
export function orderBy(name: string): (query: URLSearchParams) => SortOrder | undefined {
  return (query) => {
    const text = filled(query.get(name));
    if (text === undefined) return undefined;
    const [property = "", direction = "asc", ...more] = text.trim().split(/\s+/);
    const by = PROPERTIES.get(property.toLowerCase());
    const isDescending = direction.toLowerCase() === "desc";
    if (by !== undefined && more.length === 0 && (isDescending || direction.toLowerCase() === "asc"))
      return { by, isDescending };
    throw invalidOption(name, `one of ${[...PROPERTIES.keys()].join(", ")}, with asc or desc`, text);
  };
}

/** A property alone; a second parameter says whether it is ascending. */
export function orderByProperty(name: string, ascending: string): (query: URLSearchParams) => SortOrder | undefined {
  return (query) => {
    const order = orderBy(name)(query);
    return order && { ...order, isDescending: query.get(ascending)?.toLowerCase() !== "true" };
  };
}

/** `CreatedAtDesc` and the like. */
export function orderByWord(name: string): (query: URLSearchParams) => SortOrder | undefined {
  return (query) => {
    const text = filled(query.get(name));
    if (text === undefined) return undefined;
    const [, property = "", direction = ""] = /^(CreatedAt|UpdatedAt)(Desc|Asc)$/i.exec(text) ?? [];
    if (property === "")
      throw invalidOption(name, "one of CreatedAtDesc, CreatedAtAsc, UpdatedAtDesc, UpdatedAtAsc", text);
    const isCreated = property.toLowerCase() === "createdat";
    return { by: isCreated ? "createdAt" : "lastModifiedAt", isDescending: direction.toLowerCase() === "desc" };
  };
}

const PROPERTIES: ReadonlyMap<string, SortOrder["by"]> = new Map([
  ["createdtime", "createdAt"],
  ["createdat", "createdAt"],
  ["modifiedtime", "lastModifiedAt"],
  ["updatedat", "lastModifiedAt"],
  ["name", "name"],
  ["version", "name"],
]);

function filled(value: string | null): string | undefined {
  return value === null || value === "" ? undefined : value;
}

/** Documents that were made or changed at the same time stay in the order in which they were made, or in the reverse. */
function sorted(documents: readonly Json[], order: SortOrder | undefined): readonly Json[] {
  if (order === undefined) return documents;
  const keyOf = (document: Json): string =>
    toText(order.by === "name" ? document["name"] : (objectAt(document, "systemData")[order.by] ?? ""));
  const ascending = documents.toSorted((a, b) => COLLATOR.compare(keyOf(a), keyOf(b)));
  return order.isDescending ? ascending.toReversed() : ascending;
}
