/**
 * The domain suffix of storage hosts in the metadata: reserved for tests (RFC 2606), so only the server's own proxy
 * resolves it.
 */
export const STORAGE_SUFFIX = "core.local-azure.test";
/** For the certificate. */
export const BLOB_HOSTS = `*.blob.${STORAGE_SUFFIX}`;

const BLOB_HOST = new RegExp(`^([a-z0-9]{3,24})\\.blob\\.${STORAGE_SUFFIX.replaceAll(".", "\\.")}(:\\d+)?$`, "i");

/** The account of an address such as `account.blob.core.local-azure.test:8443`; undefined for any other host. */
export function accountOfHost(host: string | undefined): string | undefined {
  return BLOB_HOST.exec(host ?? "")?.[1]?.toLowerCase();
}
