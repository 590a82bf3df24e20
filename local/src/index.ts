export { startLocalAzure } from "./server/server";
export type { LocalAzure, LocalAzureOptions } from "./server/server";
export type { Readings } from "./ml/shared/services";
export type { Exchange, ExchangeObserver, SentReply } from "./http/exchange";
export type { RequestDetails, RequestLogEntry, ShownMessage } from "./log/requestLog";
export type { TraceEntry, TraceKind } from "./log/trace";
export { findEngine, prepareEngine } from "./pulumi/engine/engine";
export type { Engine } from "./pulumi/engine/engine";
