import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { optionsAsTyped } from "../status/optionsAsTyped";
import { RolloutReader } from "../status/rolloutReader";
import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { rolloutChoice } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";
import { Feed } from "./feed";
import { openBrowser } from "./openBrowser";
import { pageOf } from "./page";
import { checkReportPath, writeReport } from "./report";
import { DashboardServer } from "./server";
import { sourcesOf } from "./sources";

interface DashboardRequest {
  readonly flags: RolloutFlags;
  readonly port: number;
  readonly intervalSeconds: number;
  /** How far back the plots go; the rollout under way or the last one when it is left out. */
  readonly hours?: number;
  /** A file to write instead of serving. */
  readonly report?: string;
  readonly opens: boolean;
  readonly json: boolean;
}

/** Serves the page until Ctrl+C, or writes it once. */
export async function runDashboard(request: DashboardRequest): Promise<ExitCode> {
  const ending = new AbortController();
  const end = (): void => ending.abort(new Error("interrupted"));
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, end);
  try {
    await (request.report === undefined
      ? serve(request, ending.signal)
      : report(request, request.report, ending.signal));
    return EXIT.done;
  } catch (error) {
    if (ending.signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, end);
  }
}

/** Ctrl+C is how a page that was served ends, and no failure. */
async function serve(request: DashboardRequest, signal: AbortSignal): Promise<void> {
  const feed = await open(request, signal);
  const server = await DashboardServer.start(feed, request.port);
  try {
    const { url } = server;
    console.log(request.json ? JSON.stringify({ url }) : `dashboard  ${url}\n\nCtrl+C ends it.`);
    if (request.opens) show(url);
    await feed.follow(signal);
  } finally {
    await server.close();
  }
}

async function report(request: DashboardRequest, name: string, signal: AbortSignal): Promise<void> {
  const file = resolve(name);
  checkReportPath(file);
  const { current } = await open(request, signal);
  writeReport(file, pageOf(current.update, { writtenAt: Date.now() }));
  console.log(request.json ? JSON.stringify({ file }) : `report  ${file}`);
  if (request.opens) show(pathToFileURL(file).href);
}

function open({ flags, intervalSeconds, hours }: DashboardRequest, signal: AbortSignal): Promise<Feed> {
  const reader = new RolloutReader(rolloutChoice(flags), optionsAsTyped(flags), signal);
  return Feed.open(sourcesOf(reader), {
    intervalMs: intervalSeconds * 1000,
    ...(hours !== undefined && { hours }),
  });
}

function show(url: string): void {
  openBrowser(url, (why) => void process.stderr.write(`mlflow-rollout: ${why}; open ${url} by hand\n`));
}
