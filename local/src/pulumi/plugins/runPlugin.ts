import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { ServerWritableStream } from "@grpc/grpc-js";
import * as pb from "@pulumi/pulumi/proto/language_pb";
import { endTogether } from "./ownProcesses";

type Call = ServerWritableStream<pb.RunPluginRequest, pb.RunPluginResponse>;

/** Runs a plugin that is a Node package, such as a component package, until the engine has no more need of it. */
export function runPlugin(call: Call): void {
  const { request } = call;
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() ?? request.getProgram();
  const runner = createRequire(join(directory, "plugin.js")).resolve("@pulumi/pulumi/cmd/run-plugin");
  const program = join(directory, info?.getEntryPoint() ?? ".");
  const child = spawn(process.execPath, [runner, program, ...request.getArgsList()], {
    cwd: request.getPwd(),
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...Object.fromEntries(request.getEnvList().map(variableOf)) },
  });
  endTogether(child);
  child.stdout.on("data", (data: Buffer) => call.write(new pb.RunPluginResponse().setStdout(data)));
  child.stderr.on("data", (data: Buffer) => call.write(new pb.RunPluginResponse().setStderr(data)));
  child.once("error", (error) => call.destroy(error));
  child.once("close", (code) => {
    if (!call.cancelled) call.write(new pb.RunPluginResponse().setExitcode(code ?? 1));
    call.end();
  });
  call.once("cancelled", () => child.kill());
}

/** A variable as the engine writes it, `NAME=value`. */
function variableOf(text: string): readonly [string, string] {
  const end = text.indexOf("=");
  return [text.slice(0, end), text.slice(end + 1)];
}
