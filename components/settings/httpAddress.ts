import { show } from "../values/violation";

/** Names of this machine, to which plain HTTP does not leave it. */
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether an address is one of this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.has(hostname);
}

/** Why an address may not be asked, or undefined. */
export function checkHttpAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return `must be an address such as https://status.example.com/api, got ${show(text)}`;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return "must have no user name and no password in it";
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url))) return undefined;
  return `must begin with https://, or http:// on this machine, got ${show(`${url.protocol}//${url.host}`)}`;
}
