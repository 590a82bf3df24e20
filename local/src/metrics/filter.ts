/** A condition on one dimension of a metric; `*` stands for every value. */
export interface Condition {
  /** As it was written. */
  readonly dimension: string;
  readonly operator: "eq" | "ne";
  readonly values: readonly string[];
}

export class FilterError extends Error {}

const TERM = /^\(?\s*(.+?)\s+(eq|ne)\s+'((?:[^']|'')*)'\s*\)?$/i;

/**
 * Reads a `$filter` such as `deployment eq 'blue' and statusCode eq '200' or statusCode eq '424'`: clauses joined by
 * `and`, values of one dimension by `or`.
 *
 * @throws FilterError with what is wrong
 */
export function parseFilter(text: string): readonly Condition[] {
  return splitOutsideQuotes(text, "and").map((clause) => {
    const terms = splitOutsideQuotes(clause.trim(), "or").map((term) => parseTerm(term.trim()));
    const [first, ...others] = terms;
    if (first === undefined) throw new FilterError(`'${clause}' is no condition`);
    if (others.some(({ dimension, operator }) => dimension !== first.dimension || operator !== first.operator)) {
      throw new FilterError(`'or' can only join conditions on one dimension with one operator, got '${clause.trim()}'`);
    }
    return { ...first, values: terms.flatMap(({ values }) => values) };
  });
}

/** Whether a slice with these values by lower-case dimension is asked for. */
export function matches(conditions: readonly Condition[], values: ReadonlyMap<string, string>): boolean {
  return conditions.every(({ dimension, operator, values: given }) => {
    const value = values.get(dimension.toLowerCase());
    // Clients send '*' to split by a dimension without leaving anything out.
    const listed = given.some((one) => one === "*" || one.toLowerCase() === value?.toLowerCase());
    return operator === "eq" ? listed : !listed;
  });
}

function parseTerm(text: string): Condition {
  const [, dimension, operator, value] = TERM.exec(text) ?? [];
  if (dimension === undefined || value === undefined) {
    throw new FilterError(`'${text}' is not of the form <dimension> eq '<value>' or <dimension> ne '<value>'`);
  }
  return { dimension, operator: operator?.toLowerCase() === "ne" ? "ne" : "eq", values: [value.replaceAll("''", "'")] };
}

function splitOutsideQuotes(text: string, word: "and" | "or"): readonly string[] {
  // An even number of quotes follows what is outside of them.
  return text.split(new RegExp(String.raw`\s${word}\s(?=(?:[^']*'[^']*')*[^']*$)`, "i"));
}
