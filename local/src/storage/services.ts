import type { ArmServices } from "../arm/services";
import type { BlobService } from "../blob/blobService";

export interface StorageServices extends ArmServices {
  readonly blobs: BlobService;
}
