/** Azure's limits of tags. Source: Azure Resource Manager, "tag-resources", "Limitations". */
export const MAX_TAGS = 50;
export const MAX_TAG_NAME = 512;
export const MAX_TAG_VALUE = 256;
/** Storage accounts accept only shorter tag names than other resources. */
export const MAX_STORAGE_TAG_NAME = 128;
