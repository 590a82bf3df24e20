import type { Credentials } from "./identity/identity";

/** The variables that azure-native, Microsoft's SDKs and TLS libraries read. */
export function clientEnvironment(url: string, ca: string, credentials: Credentials): Record<string, string> {
  const { tenantId, clientId, clientSecret, subscriptionId } = credentials;
  return {
    ARM_METADATA_HOSTNAME: new URL(url).host,
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
  };
}
