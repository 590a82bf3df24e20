import { claimsOf } from "../../components/azure/armRequest";
import { at } from "../../components/values/shape";

/** A token is replaced this long before it expires, so that what begins with it also ends with it. */
const MARGIN_MS = 5 * 60_000;
/** A token that seems to expire at once comes from a cache, or from a clock that is not this one's: it is used for a while. */
const SHORTEST_MS = 60_000;

/** Keeps an access token in memory for as long as it lasts. */
export class AccessTokens {
  private kept: { readonly token: Promise<string>; renewAt: number } | undefined;

  /** @param ask - gets a new one */
  constructor(
    private readonly ask: () => Promise<string>,
    private readonly now: () => number = Date.now,
  ) {}

  /** @param renewed - whether the one that is kept has been refused. @throws Error when there is none */
  get(renewed = false): Promise<string> {
    if (!renewed && this.kept !== undefined && this.now() < this.kept.renewAt) return this.kept.token;
    const kept = { token: this.ask(), renewAt: Infinity };
    this.kept = kept;
    kept.token.then(
      (token) => (kept.renewAt = renewTime(token, this.now())),
      () => (kept.renewAt = 0),
    );
    return kept.token;
  }
}

/** When a token that was got at an instant is to be replaced, in milliseconds since 1970. */
export function renewTime(token: string, gotAt: number): number {
  const expires = at(claimsOf(token), ["exp"]);
  const last = typeof expires === "number" ? expires * 1000 - MARGIN_MS : 0;
  return Math.max(last, gotAt + SHORTEST_MS);
}
