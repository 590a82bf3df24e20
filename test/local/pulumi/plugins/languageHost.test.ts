import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/language_pb";
import { expect, test } from "vitest";
import { ROOT } from "../../../../driver/paths";

const HOST = join(ROOT, "local", "pulumi", "plugins", "language", "pulumi-language-nodejs");
/** Stands in for the SDK: says that it runs by connecting to the test, and stays. */
const PROGRAM =
  'require("node:net").connect(Number(process.env.LISTENER), "127.0.0.1"); setInterval(() => {}, 60_000);';

test("a program ends with its language host, whoever ends that", async () => {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const env = { ...process.env, LISTENER: String((listener.address() as AddressInfo).port) };
  const host = spawn(process.execPath, [HOST, "127.0.0.1:1"], { stdio: ["ignore", "pipe", "ignore"], env });
  const [port] = (await once(host.stdout, "data")) as [Buffer];
  const client = new LanguageRuntimeClient(`127.0.0.1:${port.toString().trim()}`, credentials.createInsecure());
  client.run(request(projectOf(PROGRAM)), () => undefined);
  const [program] = (await once(listener, "connection")) as [Socket];
  host.kill("SIGINT");
  await once(
    program.resume().on("error", () => undefined),
    "close",
  );
  expect(program.destroyed).toBe(true);
  client.close();
  listener.close();
});

/** A project whose SDK is the given program. */
function projectOf(sdk: string): string {
  const folder = mkdtempSync(join(tmpdir(), "mlflow-rollout-host-"));
  const run = join(folder, "node_modules", "@pulumi", "pulumi", "cmd", "run");
  mkdirSync(run, { recursive: true });
  writeFileSync(join(run, "index.js"), sdk);
  return folder;
}

function request(folder: string): pb.RunRequest {
  const info = new pb.ProgramInfo().setProgramDirectory(folder).setRootDirectory(folder).setEntryPoint(".");
  return new pb.RunRequest().setPwd(folder).setProgram(folder).setInfo(info);
}
