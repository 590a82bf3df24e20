import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { ModuleKind, ScriptTarget, flattenDiagnosticMessageText, transpileModule } from "typescript";

// Engines come and go in this process, and one may get the port of another: what has become of a connection to that one is not to
// count for it, as it does where connections are pooled.
Object.assign((settings as { grpcClientOptions?: object }).grpcClientOptions ?? {}, {
  "grpc.use_local_subchannel_pool": 1,
});

const load = createRequire(__filename);
// As Pulumi compiles a program whose types it does not check; what runs under tsx is compiled by that.
load.extensions[".ts"] ??= (module, file) => {
  // oxlint-disable-next-line no-underscore-dangle -- Node's own name
  (module as unknown as { _compile(code: string, file: string): void })._compile(compiled(file), file);
};

/** A program as it is, loaded afresh, since it runs once for each operation; in its folder, as the engine runs it. */
export async function runProgram(path: string): Promise<Record<string, unknown>> {
  const folder = dirname(path);
  process.chdir(folder);
  for (const file of Object.keys(load.cache)) if (isOwn(file, folder)) delete load.cache[file];
  return load(path) as Record<string, unknown>;
}

function isOwn(file: string, folder: string): boolean {
  return file.startsWith(folder + sep) && !file.startsWith(join(folder, "node_modules") + sep);
}

function compiled(file: string): string {
  const { outputText, diagnostics = [] } = transpileModule(readFileSync(file, "utf8"), {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
  });
  const [first] = diagnostics;
  if (first !== undefined) throw new SyntaxError(`${file}: ${flattenDiagnosticMessageText(first.messageText, "\n")}`);
  return outputText;
}
