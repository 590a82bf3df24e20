import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { ArmClient } from "../local/src/pulumi/plugins/azureNative/armClient";
import { wantedPace } from "../local/src/pulumi/plugins/azureNative/pace";
import { azureNative } from "../local/src/pulumi/plugins/azureNative/provider";
import type { Fetch } from "../local/src/pulumi/plugins/azureNative/surroundings";
import { serveAttached } from "../local/src/pulumi/plugins/attachedPlugin";
import type { AttachedPlugin } from "../local/src/pulumi/plugins/attachedPlugin";
import { providerService } from "../local/src/pulumi/plugins/providerServer";
import { random } from "../local/src/pulumi/plugins/random";

/** The stand-ins for Pulumi's plugins in this process, for engines that would start one process for each. */
export class AttachedProviders {
  private constructor(
    private readonly served: Readonly<Record<string, AttachedPlugin>>,
    private readonly agent: Agent,
  ) {}

  /** @param env - what plugin processes would have, with the variables of the local Azure */
  static async serve(env: NodeJS.ProcessEnv): Promise<AttachedProviders> {
    const certificate = env["NODE_EXTRA_CA_CERTS"];
    const agent = new Agent({ keepAlive: true, ...(certificate !== undefined && { ca: readFileSync(certificate) }) });
    const azure = await serveAttached((gone) =>
      providerService(
        azureNative(
          new ArmClient({
            env,
            pace: { ...wantedPace(env), wait: (milliseconds) => sleep(milliseconds, undefined, { signal: gone }) },
            fetch: fetchWith(agent, gone),
          }),
        ),
      ),
    );
    return new AttachedProviders(
      { "azure-native": azure, random: await serveAttached(() => providerService(random)) },
      agent,
    );
  }

  /** What the engine needs to attach to them. */
  get env(): Readonly<Record<string, string>> {
    const ports = Object.entries(this.served).map(([name, { port }]) => `${name}:${port}`);
    return { PULUMI_DEBUG_PROVIDERS: ports.join(",") };
  }

  close(): void {
    for (const provider of Object.values(this.served)) provider.close();
    this.agent.destroy();
  }
}

/** As `fetch`, which trusts only what its process was started with. */
function fetchWith(agent: Agent, signal: AbortSignal): Fetch {
  return (url, { method, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const sent = request(url, { method, headers, agent, signal }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () => {
          const status = response.statusCode ?? 0;
          const content = status === 204 ? null : Buffer.concat(chunks);
          resolve(new Response(content, { status, headers: response.headers as Record<string, string> }));
        });
      });
      sent.once("error", reject);
      sent.end(body);
    });
}
