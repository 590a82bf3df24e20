import { spawn } from "node:child_process";

/** What opens an address in the user's browser, by platform. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/**
 * Opens an address in the user's browser, which goes on by itself.
 *
 * @param failed - told why when there is none
 */
export function openBrowser(url: string, failed: (why: string) => void): void {
  const [command, ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  child.once("error", () => failed(`${command} cannot be run`));
  child.once("exit", (code) => {
    if (code !== null && code !== 0) failed(`${command} found no browser`);
  });
  child.unref();
}
