/** A workspace of Azure and how to sign in to it, from environment variables. */
export interface AzureSettings {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspace: string;
  readonly instanceType: string;
  readonly credential: AzureCredential;
}

export type AzureCredential =
  | { readonly tenantId: string; readonly clientId: string; readonly clientSecret: string }
  /** A token for Azure Resource Manager, which must outlive the run. */
  | { readonly accessToken: string };

type Environment = Readonly<Record<string, string | undefined>>;

const PLACE = {
  AZURE_SUBSCRIPTION_ID: "the subscription of the workspace",
  CONFORMANCE_RESOURCE_GROUP: "the resource group of the workspace",
  CONFORMANCE_WORKSPACE: "the name of an Azure ML workspace whose default datastore has an account key",
};
const APPLICATION = {
  AZURE_TENANT_ID: "the tenant of the application that signs in, or set AZURE_ACCESS_TOKEN in place of all three",
  AZURE_CLIENT_ID: "the application",
  AZURE_CLIENT_SECRET: "its secret",
};

/** @throws Error that names each variable that is missing */
export function readAzureSettings(environment: Environment): AzureSettings {
  const accessToken = environment["AZURE_ACCESS_TOKEN"] ?? "";
  const wanted = { ...PLACE, ...(accessToken === "" && APPLICATION) };
  const missing = Object.entries(wanted).filter(([name]) => (environment[name] ?? "") === "");
  if (missing.length > 0) {
    const lines = missing.map(([name, what]) => `  ${name}: ${what}`);
    throw new Error(["TARGET=azure needs variables that are not set:", ...lines].join("\n"));
  }
  const value = (name: string): string => environment[name] ?? "";
  return {
    subscriptionId: value("AZURE_SUBSCRIPTION_ID"),
    resourceGroup: value("CONFORMANCE_RESOURCE_GROUP"),
    workspace: value("CONFORMANCE_WORKSPACE"),
    instanceType: environment["CONFORMANCE_INSTANCE_TYPE"] ?? "Standard_DS2_v2",
    credential:
      accessToken === ""
        ? {
            tenantId: value("AZURE_TENANT_ID"),
            clientId: value("AZURE_CLIENT_ID"),
            clientSecret: value("AZURE_CLIENT_SECRET"),
          }
        : { accessToken },
  };
}

/** What a run on Azure makes and what is billed for it. */
export function costNotice({ workspace, instanceType }: AzureSettings): string {
  return [
    `Creates one endpoint with two deployments, of one ${instanceType} instance each, in workspace ${workspace},`,
    "a few endpoints without deployments, and a model with its blobs. It takes about an hour and a half; the two",
    "instances are billed for that time, and, once in a workspace, the build of an image and a Basic container registry.",
    "All but the registry and the image is deleted in the end; Ctrl-C ends the run after the semantic under way.",
  ].join("\n");
}
