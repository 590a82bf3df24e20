export const WORKSPACE = "microsoft.machinelearningservices/workspaces";

export const DATASTORE = `${WORKSPACE}/datastores`;

export const COMPUTE = `${WORKSPACE}/computes`;
