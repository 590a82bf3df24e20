export const RESOURCE_GROUP = "resourcegroup";
