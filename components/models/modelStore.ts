/** Where the model files of a workspace are: the blob container of its default datastore. */
export interface ModelStore {
  readonly datastoreName: string;
  /** Of the storage account, its `primaryEndpoints.blob`: `https://{account}.blob.{suffix}/`, or `https://{host}/{path}/{account}/`. */
  readonly blobEndpoint: string;
  readonly containerName: string;
  /** A key of the account, or what gives a Microsoft Entra token for `https://storage.azure.com`. */
  readonly auth: StoreAuth;
}

export type StoreAuth = KeyAuth | TokenAuth;

export interface KeyAuth {
  readonly key: string;
}

export interface TokenAuth {
  readonly token: () => Promise<string>;
}

/** The name of the storage account: the first label of the host, or the last part of the path where there is one. */
export function accountOf({ blobEndpoint }: Pick<ModelStore, "blobEndpoint">): string {
  const { hostname, pathname } = new URL(blobEndpoint);
  const inPath = pathname.split("/").findLast((part) => part !== "");
  return inPath ?? hostname.split(".")[0] ?? "";
}
