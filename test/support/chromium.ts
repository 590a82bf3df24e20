import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const path = [process.env["CHROMIUM"], ...PLACES].find((place) => place !== undefined && existsSync(place));

export const hasChromium = path !== undefined;
/** Ends the name of a test that needs it. */
export const WITHOUT_CHROMIUM = hasChromium ? "" : " (skipped: needs Chromium: apt-get install chromium)";

/** Starts it without a window; it asks nobody but the pages of a test. */
export function startChromium(): Promise<Browser> {
  const args = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  // Its sandbox does not start for root.
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ ...(path !== undefined && { executablePath: path }), args, chromiumSandbox: !isRoot });
}
