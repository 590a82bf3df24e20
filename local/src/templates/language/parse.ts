/** An expression of the template language, taken apart. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: "member"; readonly of: Expression; readonly key: Expression };

const TOKEN = /\s*(?:('(?:[^']|'')*')|(-?\d+)(?![\w.])|([a-z_][\w.]*)(?=\s*\()|\.([a-z_]\w*)|([()[\],]))/iy;

/** Calls in calls, and members of members; no real template comes near. */
const MAX_DEPTH = 50;

/** Parses what stands between the brackets of an expression; undefined when it is none of the language. */
export function parseExpression(text: string): Expression | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const reader = new Reader(tokens);
  const expression = reader.expression();
  return reader.isAtEnd ? expression : undefined;
}

interface Token {
  readonly kind: "literal" | "name" | "member" | "mark";
  readonly text: string;
  readonly value?: string | number;
}

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    const [, quoted, digits, name, member, mark = ""] = match;
    if (quoted !== undefined) {
      tokens.push({ kind: "literal", text: quoted, value: quoted.slice(1, -1).replaceAll("''", "'") });
    } else if (digits !== undefined) tokens.push({ kind: "literal", text: digits, value: Number(digits) });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (member !== undefined) tokens.push({ kind: "member", text: member });
    else tokens.push({ kind: "mark", text: mark });
  }
  return tokens;
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  expression(depth = 0): Expression | undefined {
    const token = this.tokens[this.at++];
    if (token?.kind === "literal" && token.value !== undefined) return { kind: "literal", value: token.value };
    if (token?.kind !== "name" || depth > MAX_DEPTH || !this.take("(")) return undefined;
    const list = this.arguments(depth + 1);
    return list && this.members({ kind: "call", name: token.text, arguments: list }, depth + 1);
  }

  private arguments(depth: number): readonly Expression[] | undefined {
    const list: Expression[] = [];
    if (this.take(")")) return list;
    do {
      const argument = this.expression(depth);
      if (argument === undefined) return undefined;
      list.push(argument);
    } while (this.take(","));
    return this.take(")") ? list : undefined;
  }

  private members(call: Expression, depth: number): Expression | undefined {
    let of = call;
    for (let count = 0; count <= MAX_DEPTH; count++) {
      const token = this.tokens[this.at];
      let key: Expression | undefined;
      if (token?.kind === "member") {
        this.at += 1;
        key = { kind: "literal", value: token.text };
      } else if (this.take("[")) {
        key = this.expression(depth);
        if (!this.take("]")) return undefined;
      } else return of;
      if (key === undefined) return undefined;
      of = { kind: "member", of, key };
    }
    return undefined;
  }

  private take(mark: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== "mark" || token.text !== mark) return false;
    this.at += 1;
    return true;
  }
}
