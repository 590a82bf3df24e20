export { startLocalAzure } from "./server";
export type { LocalAzure, LocalAzureOptions } from "./server";
export type { TraceEntry, TraceKind } from "./trace";
