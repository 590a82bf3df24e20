import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { status } from "@grpc/grpc-js";
import type { ServerUnaryCall, ServerWritableStream, UntypedServiceImplementation, sendUnaryData } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { servePlugin } from "./grpcServer";
import type { PluginService } from "./grpcServer";
import { endTogether } from "./ownProcesses";
import { runPlugin } from "./runPlugin";

const VERSION = "3.259.0";
/** Exit code of a program that has said itself what is wrong, as @pulumi/pulumi/cmd/run defines it. */
const BAIL = 32;

/**
 * Serves the Node language host to the engine, for machines where the one of the Pulumi CLI cannot be installed: it runs
 * programs with `@pulumi/pulumi/cmd/run`, plugins with `cmd/run-plugin`, and installs nothing.
 */
export function main(): void {
  const engine = process.argv.findLast((argument) => /^127\.0\.0\.1:\d+$/.test(argument)) ?? "";
  servePlugin(languageService((request) => run(engine, request)));
}

/** The calls of the engine to a language host. @param runProgram - to its end */
export function languageService(runProgram: (request: pb.RunRequest) => Promise<pb.RunResponse>): PluginService {
  const answers: Record<string, () => unknown> = {
    handshake: () => new pb.LanguageHandshakeResponse(),
    getPluginInfo: () => new PluginInfo().setVersion(VERSION),
    getRequiredPlugins: () => new pb.GetRequiredPluginsResponse(),
    getRequiredPackages: () => new pb.GetRequiredPackagesResponse(),
    about: () => new pb.AboutResponse().setExecutable(process.execPath).setVersion(process.version),
    getProgramDependencies: () => new pb.GetProgramDependenciesResponse(),
    runtimeOptionsPrompts: () => new pb.RuntimeOptionsResponse(),
    cancel: () => new Empty(),
  };
  const unary = Object.entries(answers).map(([name, answer]) => [
    name,
    (_: unknown, callback: sendUnaryData<unknown>) => callback(null, answer()),
  ]);
  const implementation: UntypedServiceImplementation = {
    ...Object.fromEntries(unary),
    run: (call: ServerUnaryCall<pb.RunRequest, pb.RunResponse>, callback: sendUnaryData<pb.RunResponse>) => {
      runProgram(call.request).then(
        (response) => callback(null, response),
        (error: Error) => callback({ code: status.UNKNOWN, message: error.message }),
      );
    },
    installDependencies: (call: ServerWritableStream<unknown, unknown>) => call.end(),
    runPlugin,
  };
  return { service: LanguageRuntimeService, implementation };
}

/** The options of `runtime` in a project file. */
interface RuntimeOptions {
  readonly nodeargs?: string;
  readonly typescript?: boolean;
  readonly tsconfig?: string;
}

function run(engine: string, request: pb.RunRequest): Promise<pb.RunResponse> {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() ?? request.getProgram();
  const options = (info?.getOptions()?.toJavaScript() ?? {}) as RuntimeOptions;
  const runner = createRequire(join(directory, "program.js")).resolve("@pulumi/pulumi/cmd/run");
  const child = spawn(
    process.execPath,
    [
      ...(options.nodeargs?.split(/\s+/).filter((argument) => argument !== "") ?? []),
      runner,
      ...["--monitor", request.getMonitorAddress()],
      ...["--engine", engine],
      ...["--organization", request.getOrganization()],
      ...["--project", request.getProject()],
      ...["--stack", request.getStack()],
      ...["--pwd", request.getPwd()],
      ...["--root-directory", info?.getRootDirectory() ?? directory],
      ...(request.getDryrun() ? ["--dry-run"] : []),
      ...(request.getParallel() > 0 ? ["--parallel", String(request.getParallel())] : []),
      info?.getEntryPoint() ?? ".",
    ],
    {
      cwd: request.getPwd(),
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        PULUMI_NODEJS_TYPESCRIPT: String(options.typescript !== false),
        ...(options.tsconfig !== undefined && { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
      },
    },
  );
  endTogether(child);
  // The engine reads this process's first line of stdout as its port and shows stderr as the program's output.
  child.stdout.pipe(process.stderr, { end: false });
  child.stderr.pipe(process.stderr, { end: false });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const response = new pb.RunResponse();
      if (code === BAIL) response.setBail(true);
      else if (code !== 0)
        response.setError(`the program ended with ${code === null ? String(signal) : `exit code ${code}`}`);
      resolve(response);
    });
  });
}
