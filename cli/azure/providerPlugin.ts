import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { redact } from "../../components/values/redact";
import type { Pulumi } from "../stack/pulumi";
import type { StackSettings } from "../stack/stackSettings";
import { connectPlugin, openPluginLog } from "./pluginConnection";
import type { PluginConnection } from "./pluginConnection";

/** How long a plugin may take to start; the first time it may have to be downloaded. */
const START_MS = 60_000;
/** How long it may take to end before it is made to. */
const END_MS = 5000;
/** Codes of gRPC that say that nobody has answered: the deadline, no such method, no connection. */
const UNANSWERED: ReadonlySet<unknown> = new Set([4, 12, 14]);

/** The plugin cannot be asked directly; the engine may still be able to. */
export class PluginUnavailable extends Error {}

export interface TokenQuestion {
  readonly pulumi: Pulumi;
  /** Of the plugin; the newest one that is installed otherwise. */
  readonly version: string | undefined;
  readonly settings: Promise<StackSettings>;
  /** What the token is for; Azure Resource Manager of the provider's cloud otherwise. */
  readonly audience: string | undefined;
}

/**
 * Asks the provider itself for an access token, as the engine would, without a stack and a language host: its plugin runs
 * for the moment of the question. The token stays in memory.
 *
 * @throws PluginUnavailable when it cannot be asked
 * @throws Error with what the provider says when it has no token
 */
export async function askPlugin({ pulumi, version, settings, audience }: TokenQuestion): Promise<string> {
  const log = await openPluginLog();
  const name = version === undefined ? "azure-native" : `azure-native@${version}`;
  const plugin = pulumi.open(["plugin", "run", "--kind", "resource", name, log.address]);
  try {
    const [port, { provider }] = await Promise.all([portOf(plugin), settings]);
    const connection = connectPlugin(port);
    try {
      return await tokenOf(connection, provider, audience);
    } finally {
      connection.close();
    }
  } finally {
    end(plugin);
    log.close();
  }
}

async function tokenOf(
  connection: PluginConnection,
  config: Readonly<Record<string, string>>,
  audience: string | undefined,
): Promise<string> {
  try {
    await connection.configure(config);
    const args = audience === undefined ? {} : { endpoint: audience };
    const { token } = await connection.invoke("azure-native:authorization:getClientToken", args);
    if (typeof token === "string" && token !== "") return token;
  } catch (error) {
    const { code, details = "", message } = error as Error & { readonly code?: unknown; readonly details?: string };
    if (UNANSWERED.has(code)) throw new PluginUnavailable(message, { cause: error });
    throw new Error(redact(details === "" ? message : details), { cause: error });
  }
  throw new PluginUnavailable("the provider plugin answers nothing");
}

/** The port that a plugin prints when it is ready. */
function portOf(plugin: ChildProcess): Promise<number> {
  let said = "";
  plugin.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new PluginUnavailable(said === "" ? why : `${why}: ${redact(said.trim())}`));
    };
    const timer = setTimeout(() => fail("the provider plugin does not start"), START_MS);
    plugin.once("error", ({ message }) => fail(message));
    plugin.once("close", () => fail("the provider plugin does not start"));
    if (plugin.stdout === null) return fail("the provider plugin cannot be read");
    createInterface(plugin.stdout).on("line", (line) => {
      if (!/^\d+$/.test(line)) return;
      clearTimeout(timer);
      resolve(Number(line));
    });
  });
}

/** The command ends the plugin that it has started. */
function end(plugin: ChildProcess): void {
  plugin.kill("SIGINT");
  const timer = setTimeout(() => plugin.kill("SIGKILL"), END_MS);
  plugin.once("close", () => clearTimeout(timer));
}
