import { RefusedRead, askArm } from "./armRequest";
import { at } from "../values/shape";

/** Reads what azure-native has no function for. A path begins with a slash and has the API version. */
export interface ArmReader {
  /** @returns undefined when Azure has none. @throws RefusedRead when Azure refuses it. @throws Error when it does not answer */
  get(path: string): Promise<unknown>;
  /** All pages. @throws as `get`, and when there is none */
  list(path: string): Promise<readonly unknown[]>;
  /** What Azure gives only to a POST, such as keys; nothing is written. @throws as `list` */
  ask(path: string): Promise<unknown>;
}

/** Gives an access token for Azure Resource Manager: `renewed` when Azure has refused the last one. */
export type TokenSource = (renewed: boolean) => Promise<string>;

/**
 * A reader with tokens.
 *
 * @param signal - ends reads that are under way
 */
export function armReaderWith(tokens: TokenSource, signal?: AbortSignal): ArmReader {
  const send = async (method: "GET" | "POST", path: string): Promise<unknown> => {
    const token = await tokens(false);
    try {
      return await askArm({ method, path, token, signal });
    } catch (error) {
      if (!isRefused(error, 401)) throw error;
      const other = await tokens(true);
      if (other === token) throw error;
      return askArm({ method, path, token: other, signal });
    }
  };
  return {
    get: (path) =>
      send("GET", path).catch((error: unknown) => {
        if (isRefused(error, 404)) return undefined;
        throw error;
      }),
    list: async (path) => {
      const found: unknown[] = [];
      let next: unknown = path;
      while (typeof next === "string" && next !== "") {
        const page = await send("GET", next);
        found.push(...valuesOf(page));
        next = at(page, ["nextLink"]);
      }
      return found;
    },
    ask: (path) => send("POST", path),
  };
}

function isRefused(error: unknown, status: number): boolean {
  return error instanceof RefusedRead && error.status === status;
}

function valuesOf(page: unknown): readonly unknown[] {
  const value = at(page, ["value"]);
  return Array.isArray(value) ? value : [];
}
