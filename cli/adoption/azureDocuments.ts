import type { Values } from "../recovery/exportedStack";
import { isMap } from "../../components/values/shape";

/** The version that the component's endpoint resource is written with. */
const API_VERSION = "2025-12-01";

const CLOUDS: Readonly<Record<string, string>> = {
  public: "https://management.azure.com",
  usgovernment: "https://management.usgovcloudapi.net",
  china: "https://management.chinacloudapi.cn",
};

/** Config of azure-native by its plain names, such as `environment`. */
export type ProviderSettings = Readonly<Record<string, string>>;

/** Reads documents from Azure Resource Manager, as Azure has them. */
export class AzureDocuments {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async open(token: string, settings: ProviderSettings, env = process.env): Promise<AzureDocuments> {
    return new AzureDocuments(await managementUrl(settings, env), token);
  }

  /** @returns undefined when Azure has none */
  async get(id: string): Promise<Values | undefined> {
    return this.read(`${this.url}${id}?api-version=${API_VERSION}`);
  }

  async list(id: string): Promise<readonly Values[]> {
    const found: Values[] = [];
    let next: unknown = `${this.url}${id}?api-version=${API_VERSION}`;
    while (typeof next === "string" && next !== "") {
      const page = await this.read(next);
      const { value } = page ?? {};
      found.push(...(Array.isArray(value) ? value.filter(isMap) : []));
      next = page?.["nextLink"];
    }
    return found;
  }

  private async read(url: string): Promise<Values | undefined> {
    const response = await fetch(url, { headers: { authorization: `Bearer ${this.token}` } });
    if (response.status === 404) return undefined;
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as Values;
    throw new Error(`Azure answers ${response.status} to GET ${new URL(url).pathname}: ${text}`);
  }
}

/** The address of Azure Resource Manager in the cloud that the provider is set to. */
async function managementUrl(settings: ProviderSettings, env: NodeJS.ProcessEnv): Promise<string> {
  const metadataHost = settings["metadataHost"] ?? env["ARM_METADATA_HOSTNAME"] ?? "";
  if (metadataHost !== "") {
    const base = metadataHost.includes("://") ? metadataHost : `https://${metadataHost}`;
    const response = await fetch(`${base}/metadata/endpoints?api-version=2022-09-01`);
    const { resourceManager } = (await response.json()) as Values;
    return String(resourceManager).replace(/\/$/, "");
  }
  const cloud = settings["environment"] ?? env["ARM_ENVIRONMENT"] ?? "public";
  const url = CLOUDS[cloud.toLowerCase().replace(/^azure|cloud$/g, "")];
  if (url !== undefined) return url;
  throw new Error(`the cloud ${cloud} is not known; set azure-native:metadataHost`);
}
