import type { StoragePipelineOptions } from "@azure/storage-blob";
import type { Answer, Sent } from "../../driver/azureClient";

/** How an Azure is reached, and how time passes there. */
export interface AzureAccess {
  /** Address of Azure Resource Manager, without a slash at the end. */
  readonly resourceManager: string;
  /** Seconds between two looks at an operation. */
  readonly pollSeconds: number;
  /** Seconds after which requests follow new weights for certain. */
  readonly settleSeconds: number;
  readonly blobOptions: StoragePipelineOptions;
  /** Sends a request to an absolute address. */
  send(method: string, url: string, sent?: Sent): Promise<Answer>;
  /** An access token for Azure Resource Manager. */
  token(): Promise<string>;
  wait(seconds: number): Promise<void>;
}

/** A workspace of an Azure, and the machines that deployments have there. */
export interface Connection extends AzureAccess {
  /** Id of the workspace, `/subscriptions/...`. */
  readonly workspace: string;
  readonly instanceType: string;
}
