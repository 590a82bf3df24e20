import { vi } from "vitest";
import { ArmClient } from "../../local/src/pulumi/plugins/azureNative/armClient";
import { AZURE_PACE } from "../../local/src/pulumi/plugins/azureNative/pace";
import { azureNative } from "../../local/src/pulumi/plugins/azureNative/provider";
import type { Provider } from "../../local/src/pulumi/plugins/provider";

const ORIGIN = "https://localhost:1";

/** What Azure answers to a request: a status, a body, and headers; `gone` breaks the connection. */
export type Scripted = readonly [status: number, body?: unknown, headers?: Readonly<Record<string, string>>] | "gone";

/** The stand-in for azure-native, at its own pace, before an Azure whose replies are written down. */
export class ScriptedAzure {
  /** Each request to Azure Resource Manager, such as `PUT /x`, with its body. */
  readonly requests: { readonly line: string; readonly body: unknown }[] = [];
  /** Seconds that the provider waited, one after the other. */
  readonly waits: number[] = [];
  readonly provider: Provider;

  /** @param replies - by the request, such as `GET /x`; the last one of each is given again and again */
  constructor(private readonly replies: Readonly<Record<string, readonly Scripted[]>>) {
    vi.stubGlobal("fetch", (url: string, init?: RequestInit) => this.answer(new URL(url), init));
    const wait = (milliseconds: number): Promise<void> => {
      this.waits.push(milliseconds / 1000);
      return Promise.resolve();
    };
    this.provider = azureNative(new ArmClient({ pace: { ...AZURE_PACE, wait } }));
    this.provider.configure({
      metadataHost: "localhost:1",
      subscriptionId: "s",
      tenantId: "t",
      clientId: "c",
      clientSecret: "x",
    });
  }

  get lines(): readonly string[] {
    return this.requests.map(({ line }) => line);
  }

  private answer({ pathname }: URL, init?: RequestInit): Promise<Response> {
    if (pathname === "/metadata/endpoints")
      return reply([200, { resourceManager: ORIGIN, authentication: { loginEndpoint: ORIGIN } }]);
    if (pathname.endsWith("/oauth2/v2.0/token")) return reply([200, { access_token: "a.b.c", expires_in: 3600 }]);
    const line = `${init?.method ?? "GET"} ${pathname}`;
    const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : undefined;
    const seen = this.lines.filter((earlier) => earlier === line).length;
    this.requests.push({ line, body });
    const replies = this.replies[line] ?? [[404, { error: { code: "ResourceNotFound", message: "Not there." } }]];
    return reply(replies[Math.min(seen, replies.length - 1)] ?? "gone");
  }
}

function reply(scripted: Scripted): Promise<Response> {
  if (scripted === "gone")
    return Promise.reject(new TypeError("fetch failed", { cause: new Error("other side closed") }));
  const [status, body, headers] = scripted;
  const text = typeof body === "string" ? body : JSON.stringify(body ?? {});
  return Promise.resolve(new Response(status === 204 ? null : text, { status, ...(headers && { headers }) }));
}
