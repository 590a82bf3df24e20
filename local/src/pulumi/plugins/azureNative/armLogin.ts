import { isValues, text as textOf } from "../values";
import type { Values } from "../values";
import { requireLoopback, unreachable } from "./loopback";
import type { Fetch, HttpRequest } from "./surroundings";

/** Where a cloud is reached, as its metadata says. */
interface Endpoints {
  readonly resourceManager: string;
  readonly login: string;
}

/** Signs in to a local Azure with the settings of the provider, else with those of its environment. */
export class ArmLogin {
  private config: Readonly<Record<string, string>> = {};
  private endpoints: Promise<Endpoints> | undefined;
  /** By scope. */
  private readonly tokens = new Map<string, { readonly value: string; readonly expires: number }>();

  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly fetch: Fetch,
  ) {}

  configure(config: Readonly<Record<string, string>>): void {
    this.config = config;
  }

  get subscriptionId(): string {
    return this.setting("subscriptionId", "ARM_SUBSCRIPTION_ID");
  }

  get location(): string | undefined {
    return this.config["location"] ?? this.env["ARM_LOCATION"];
  }

  async clientConfig(): Promise<Values> {
    const { subscriptionId } = this;
    return {
      clientId: this.setting("clientId", "ARM_CLIENT_ID"),
      tenantId: this.setting("tenantId", "ARM_TENANT_ID"),
      objectId: objectIdOf(await this.token()),
      subscriptionId,
    };
  }

  async resourceManager(): Promise<string> {
    return (await this.discover()).resourceManager;
  }

  /** A token for an endpoint, Azure Resource Manager by default. */
  async clientToken(endpoint: unknown): Promise<string> {
    const audience = typeof endpoint === "string" && endpoint !== "" ? endpoint : await this.resourceManager();
    return this.token(`${audience.replace(/\/$/, "")}/.default`);
  }

  /** @param otherScope - what the token is for, else Azure Resource Manager */
  async token(otherScope?: string): Promise<string> {
    const { login, resourceManager } = await this.discover();
    const scope = otherScope ?? `${resourceManager}/.default`;
    const known = this.tokens.get(scope);
    if (known !== undefined && known.expires > Date.now()) return known.value;
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: this.setting("clientId", "ARM_CLIENT_ID"),
      client_secret: this.setting("clientSecret", "ARM_CLIENT_SECRET"),
      scope,
    });
    const tenant = this.setting("tenantId", "ARM_TENANT_ID");
    const { ok, body } = await this.read(`${login}/${tenant}/oauth2/v2.0/token`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" },
      body: form.toString(),
    });
    if (!ok) throw new Error(`no token from ${login}: ${String(body["error_description"])}`);
    const value = String(body["access_token"]);
    this.tokens.set(scope, { value, expires: Date.now() + (Number(body["expires_in"]) - 300) * 1000 });
    return value;
  }

  private discover(): Promise<Endpoints> {
    this.endpoints ??= this.readMetadata();
    return this.endpoints;
  }

  private async readMetadata(): Promise<Endpoints> {
    const host = this.config["metadataHost"] ?? this.env["ARM_METADATA_HOSTNAME"];
    if (host === undefined || host === "") {
      throw new Error(
        "the stand-in for azure-native reaches a local Azure ML only; set ARM_METADATA_HOSTNAME, or install the azure-native plugin for Azure itself",
      );
    }
    const base = host.includes("://") ? host : `https://${host}`;
    requireLoopback(base);
    const { body } = await this.read(`${base}/metadata/endpoints?api-version=2022-09-01`, { method: "GET" });
    const authentication = isValues(body["authentication"]) ? body["authentication"] : {};
    const endpoints = {
      resourceManager: String(body["resourceManager"]),
      login: String(authentication["loginEndpoint"]),
    };
    requireLoopback(endpoints.resourceManager);
    requireLoopback(endpoints.login);
    return endpoints;
  }

  private setting(name: string, variable: string): string {
    const value = this.config[name] ?? this.env[variable];
    if (value !== undefined && value !== "") return value;
    throw new Error(`azure-native:${name} is not set; set it in the stack's config or as ${variable}`);
  }

  private async read(url: string, init: HttpRequest): Promise<{ ok: boolean; body: Values }> {
    const response = await this.fetch(url, init).catch((error: unknown) => {
      throw unreachable(url, error);
    });
    const body: unknown = await response.json().catch(() => undefined);
    return { ok: response.ok, body: isValues(body) ? body : {} };
  }
}

/** The object id in an access token. */
function objectIdOf(token: string): string {
  const [, payload = ""] = token.split(".");
  const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
  return isValues(claims) ? textOf(claims["oid"]) : "";
}
