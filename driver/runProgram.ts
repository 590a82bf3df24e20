import { dirname } from "node:path";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { require as requireTypeScript } from "tsx/cjs/api";

// Engines come and go in this process, and one may get the port of another: what has become of a connection to that one is not to
// count for it, as it does where connections are pooled.
Object.assign((settings as { grpcClientOptions?: object }).grpcClientOptions ?? {}, {
  "grpc.use_local_subchannel_pool": 1,
});

/** A program as it is, loaded afresh, since it runs once for each operation; in its folder, as the engine runs it. */
export async function runProgram(path: string): Promise<Record<string, unknown>> {
  process.chdir(dirname(path));
  return requireTypeScript(`${path}?run=${performance.now()}`, __filename) as Record<string, unknown>;
}
