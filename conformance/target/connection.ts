import type { StoragePipelineOptions } from "@azure/storage-blob";
import type { Answer, Sent } from "../../driver/azureClient";

/** How to reach an Azure, and its pace. */
export interface AzureAccess {
  /** URL of Azure Resource Manager, without a trailing slash. */
  readonly resourceManager: string;
  /** Seconds between two polls of an operation. */
  readonly pollSeconds: number;
  /** Seconds after which requests certainly follow new weights. */
  readonly settleSeconds: number;
  readonly blobOptions: StoragePipelineOptions;
  /** Sends a request to an absolute address. */
  send(method: string, url: string, sent?: Sent): Promise<Answer>;
  /** An access token for Azure Resource Manager. */
  token(): Promise<string>;
  wait(seconds: number): Promise<void>;
}

/** A workspace, and the instance type of its deployments. */
export interface Connection extends AzureAccess {
  /** Id of the workspace, `/subscriptions/...`. */
  readonly workspace: string;
  readonly instanceType: string;
}
