import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { PropertyChange, ResourceState } from "../provider";
import { isValues } from "../values";
import type { Values } from "../values";
import type { ArmClient } from "./armClient";
import { requireLoopback } from "./loopback";

const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const STORAGE_VERSION = "2024-01-01";

/** `azure-native:storage:Blob`, which is no ARM resource: its content goes to the blob endpoint with the account's key. */
export class BlobResource {
  constructor(private readonly arm: ArmClient) {}

  /** The hash that the engine has given the asset tells whether content changed. */
  diff(olds: Values, news: Values): PropertyChange[] {
    const keys = ["resourceGroupName", "accountName", "containerName", "blobName", "type"];
    const moved = keys.filter((key) => olds[key] !== news[key]);
    const content = contentHash(olds["source"]) === contentHash(news["source"]) ? [] : ["source"];
    return [...moved, ...content].map((path) => ({ path, kind: "UPDATE", replaces: true }));
  }

  async upload(inputs: Values): Promise<ResourceState> {
    const { client, url } = await this.client(inputs);
    const content = readAsset(inputs["source"]);
    await client.upload(content, content.length, {
      blobHTTPHeaders: { blobContentMD5: createHash("md5").update(content).digest(), ...contentType(inputs) },
      ...(isValues(inputs["metadata"]) && { metadata: inputs["metadata"] as Record<string, string> }),
    });
    const { source: _, ...outputs } = inputs;
    return {
      id: blobId(this.arm.subscriptionId, inputs),
      outputs: { ...outputs, name: inputs["blobName"], url },
      inputs,
    };
  }

  async exists(inputs: Values): Promise<boolean> {
    const { client } = await this.client(inputs);
    return client.exists();
  }

  async delete(inputs: Values): Promise<void> {
    const { client } = await this.client(inputs);
    await client.deleteIfExists();
  }

  private async client(inputs: Values) {
    // Loaded on first use: most runs upload nothing.
    const { BlobServiceClient, StorageSharedKeyCredential } = await import("@azure/storage-blob");
    const [group, account] = [String(inputs["resourceGroupName"]), String(inputs["accountName"])];
    const id = `/subscriptions/${this.arm.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Storage/storageAccounts/${account}`;
    const [found, keys] = await Promise.all([
      this.arm.sendOrThrow("GET", id, STORAGE_VERSION),
      this.arm.sendOrThrow("POST", `${id}/listKeys`, STORAGE_VERSION),
    ]);
    const endpoint = endpointOf(found.body);
    requireLoopback(endpoint);
    const service = new BlobServiceClient(
      endpoint.replace(/\/$/, ""),
      new StorageSharedKeyCredential(account, firstKey(keys.body)),
    );
    const client = service
      .getContainerClient(String(inputs["containerName"]))
      .getBlockBlobClient(String(inputs["blobName"]));
    return { client, url: client.url };
  }
}

function blobId(subscriptionId: string, inputs: Values): string {
  const account = `/subscriptions/${subscriptionId}/resourceGroups/${String(inputs["resourceGroupName"])}/providers/Microsoft.Storage/storageAccounts/${String(inputs["accountName"])}`;
  return `${account}/blobServices/default/containers/${String(inputs["containerName"])}/blobs/${String(inputs["blobName"])}`;
}

function endpointOf(account: Values | undefined): string {
  const properties = isValues(account?.["properties"]) ? account["properties"] : {};
  const endpoints = isValues(properties["primaryEndpoints"]) ? properties["primaryEndpoints"] : {};
  return String(endpoints["blob"]);
}

function firstKey(list: Values | undefined): string {
  const keys: unknown = list?.["keys"];
  const first: unknown = Array.isArray(keys) ? keys[0] : undefined;
  return isValues(first) ? String(first["value"]) : "";
}

function readAsset(source: unknown): Buffer {
  if (!isValues(source) || source[SIGNATURE] !== ASSET) throw new Error("source must be an asset, such as a FileAsset");
  if (typeof source["text"] === "string" && source["text"] !== "") return Buffer.from(source["text"]);
  if (typeof source["path"] === "string" && source["path"] !== "") return readFileSync(source["path"]);
  throw new Error("source must be a FileAsset or a StringAsset");
}

function contentHash(source: unknown): unknown {
  return isValues(source) ? (source["hash"] ?? source["text"] ?? source["path"]) : source;
}

function contentType(inputs: Values): { blobContentType?: string } {
  return typeof inputs["contentType"] === "string" ? { blobContentType: inputs["contentType"] } : {};
}
