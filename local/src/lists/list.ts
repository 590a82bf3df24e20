import type { ArmRequest } from "../arm/resourceHandler";
import { objectAt, toText } from "../common/json";
import type { Json } from "../common/json";
import type { Reply } from "../http/exchange";
import { invalidOption, readInteger } from "./options";
import type { ReadFilter } from "./options";

/** The query options of a list. */
export interface ListOptions {
  /** Filters, by query parameter. */
  readonly filters?: Readonly<Record<string, ReadFilter>>;
  /** Default values of filters. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Name of the page size parameter, and its default. */
  readonly size?: readonly [name: string, usual?: number];
  /** Name of the parameter for skipped documents, besides the page token. */
  readonly offset?: string;
  /** The requested order, if any. */
  readonly order?: (query: URLSearchParams) => SortOrder | undefined;
}

export interface SortOrder {
  readonly by: "createdAt" | "lastModifiedAt" | "name";
  readonly isDescending: boolean;
}

/** The number of skipped documents; clients take the token from `nextLink`. */
const TOKEN = "$skip";
const COLLATOR = new Intl.Collator("en", { numeric: true });

/**
 * A page of documents by the options of a list, with a link to the next page if there is one. An empty option counts as
 * not given.
 *
 * @param url of the server
 * @throws ArmError 400 when an option has an invalid value
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

/** Documents with the same time stay in creation order, or its reverse. */
function sorted(documents: readonly Json[], order: SortOrder | undefined): readonly Json[] {
  if (order === undefined) return documents;
  const keyOf = (document: Json): string =>
    toText(order.by === "name" ? document["name"] : (objectAt(document, "systemData")[order.by] ?? ""));
  const ascending = documents.toSorted((a, b) => COLLATOR.compare(keyOf(a), keyOf(b)));
  return order.isDescending ? ascending.toReversed() : ascending;
}
