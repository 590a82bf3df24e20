export const LOG_WORKSPACE = "microsoft.operationalinsights/workspaces";
