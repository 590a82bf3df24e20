import type { Credentials } from "../identity/identity";

/**
 * The variables that azure-native, Microsoft's SDKs and TLS libraries read.
 *
 * @param proxy address of the proxy that finds storage accounts by their hosts
 * @param own the environment of this process, whose exceptions from proxies stay
 */
export function clientEnvironment(
  url: string,
  ca: string,
  credentials: Credentials,
  proxy: string,
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const { tenantId, clientId, clientSecret, subscriptionId } = credentials;
  return {
    ARM_METADATA_HOSTNAME: new URL(url).host,
    ARM_CLOUD_METADATA_URL: `${url}/metadata/endpoints?api-version=2022-09-01`,
    ARM_DISABLE_INSTANCE_DISCOVERY: "true",
    ARM_SUBSCRIPTION_ID: subscriptionId,
    ARM_TENANT_ID: tenantId,
    ARM_CLIENT_ID: clientId,
    ARM_CLIENT_SECRET: clientSecret,
    AZURE_AUTHORITY_HOST: url,
    AZURE_SUBSCRIPTION_ID: subscriptionId,
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    NODE_EXTRA_CA_CERTS: ca,
    SSL_CERT_FILE: ca,
    REQUESTS_CA_BUNDLE: ca,
    CURL_CA_BUNDLE: ca,
    HTTPS_PROXY: proxy,
    // Many clients read the lower-case name first.
    ...(own["https_proxy"] !== undefined && { https_proxy: proxy }),
    NO_PROXY: exceptions(own),
    ...(own["no_proxy"] !== undefined && { no_proxy: exceptions(own) }),
  };
}

/** Everything but storage accounts by host is reached without the proxy. */
function exceptions(own: Readonly<Record<string, string | undefined>>): string {
  const given = [own["NO_PROXY"], own["no_proxy"]].flatMap((list) => list?.split(",") ?? []).map((each) => each.trim());
  return [...new Set([...given.filter((each) => each !== ""), "localhost", "127.0.0.1"])].join(",");
}
