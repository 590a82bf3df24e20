import type { ContainerClient } from "@azure/storage-blob";
import type { ModelStore } from "../../components/models/modelStore";
import { blobService, createWorkspaceParts, STORAGE } from "../../driver/heartWorkspace";
import { TestAzure, textAt } from "./localAzure";
import { trust } from "./trust";

export interface StoreUnderTest {
  readonly azure: TestAzure;
  readonly store: ModelStore;
  /** Of the same container, by another way. */
  readonly container: ContainerClient;
}

/** A local Azure with the container of a datastore, which this process trusts. */
export async function startStore(): Promise<StoreUnderTest> {
  const azure = await TestAzure.start();
  await createWorkspaceParts(azure);
  const container = (await blobService(azure)).getContainerClient("azureml-blobstore");
  await container.create();
  trust(azure.azure.ca);
  const account = await azure.arm("GET", STORAGE);
  const keys = await azure.arm("POST", `${STORAGE}/listKeys`);
  const store: ModelStore = {
    datastoreName: "workspaceblobstore",
    blobEndpoint: textAt(account.body, "properties.primaryEndpoints.blob"),
    containerName: "azureml-blobstore",
    auth: { key: textAt(keys.body, "keys.0.value") },
  };
  return { azure, store, container };
}
