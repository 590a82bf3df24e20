export { startLocalAzure } from "./server";
export type { LocalAzure, LocalAzureOptions } from "./server";
export type { Readings } from "./ml/readings";
export type { Exchange, ExchangeObserver, SentReply } from "./http/exchange";
export type { RequestDetails, RequestLogEntry, ShownMessage } from "./http/requestLog";
export type { TraceEntry, TraceKind } from "./trace";
export { findEngine, prepareEngine } from "./engine/engine";
export type { Engine } from "./engine/engine";
