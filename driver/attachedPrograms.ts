import { readFileSync } from "node:fs";
import { globalAgent } from "node:https";
import { join } from "node:path";
import type { ServerUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import * as automation from "@pulumi/pulumi/automation/server";
import { LanguageHandshakeResponse } from "@pulumi/pulumi/proto/language_pb";
import type { LanguageHandshakeRequest, RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { serveAttached } from "../local/src/pulumi/plugins/attachedPlugin";
import type { AttachedPlugin } from "../local/src/pulumi/plugins/attachedPlugin";
import type { PluginService } from "../local/src/pulumi/plugins/grpcServer";
import { languageService } from "../local/src/pulumi/plugins/languageHost";
import { runProgram } from "./runProgram";

/** Runs a program as the Automation API does; it is not among its public types. */
const { LanguageServer } = automation as unknown as {
  LanguageServer: new (program: () => Promise<Record<string, unknown>>) => {
    run(call: { readonly request: RunRequest }, callback: sendUnaryData<RunResponse>): unknown;
  };
};

/** What the SDK listens for while a program runs. */
const REPORTS = ["uncaughtException", "unhandledRejection"];

/**
 * Runs the programs of projects in this process, for engines that would start a language host and a program for each
 * command. Not for commands that are killed: a program whose engine is gone does not end.
 */
export class AttachedPrograms {
  private constructor(private readonly served: AttachedPlugin) {}

  /** @param env - with the certificate that programs are to trust; for all else they have the environment of this process */
  static async serve(env: NodeJS.ProcessEnv): Promise<AttachedPrograms> {
    // A process reads the variable for extra certificates only when it starts.
    const certificate = env["NODE_EXTRA_CA_CERTS"];
    if (certificate !== undefined) globalAgent.options.ca = readFileSync(certificate);
    return new AttachedPrograms(await serveAttached(programService));
  }

  /** What the engine needs to attach to them. */
  get env(): Readonly<Record<string, string>> {
    return { PULUMI_DEBUG_LANGUAGES: `nodejs:${this.served.port}` };
  }

  close(): void {
    this.served.close();
  }
}

function programService(gone: AbortSignal): PluginService {
  let engine = "";
  const { service, implementation } = languageService((request) => run(engine, request, gone));
  const handshake = (
    { request }: ServerUnaryCall<LanguageHandshakeRequest, LanguageHandshakeResponse>,
    callback: sendUnaryData<LanguageHandshakeResponse>,
  ): void => {
    engine = request.getEngineAddress();
    callback(null, new LanguageHandshakeResponse());
  };
  return { service, implementation: { ...implementation, handshake } };
}

async function run(engine: string, request: RunRequest, gone: AbortSignal): Promise<RunResponse> {
  const info = request.getInfo();
  const entry = info?.getEntryPoint() ?? ".";
  const program = join(info?.getProgramDirectory() ?? request.getProgram(), entry === "." ? "index.ts" : entry);
  const folder = process.cwd();
  const listeners = REPORTS.map((event) => process.rawListeners(event));
  request.setArgsList([engine]);
  try {
    return await new Promise((resolve, reject) => {
      // The SDK leaves a program whose update has failed waiting for ever.
      gone.addEventListener("abort", () => reject(new Error("the engine has gone")));
      new LanguageServer(() => runProgram(program)).run({ request }, (error, response) => {
        if (response) resolve(response);
        else reject(error instanceof Error ? error : new Error("the program ended without an answer"));
      });
    });
  } finally {
    process.chdir(folder);
    for (const [index, event] of REPORTS.entries()) removeOthers(event, listeners[index] ?? []);
  }
}

/** Removes what such a program listens with. */
function removeOthers(event: string, kept: readonly Function[]): void {
  for (const listener of process.rawListeners(event))
    if (!kept.includes(listener)) process.off(event, listener as () => void);
}
