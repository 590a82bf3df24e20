import type { Reply } from "../http/exchange";
import type { ResourceId } from "./ids";

/** A request to one resource, collection or action. */
export interface ArmRequest {
  readonly method: string;
  readonly id: ResourceId;
  readonly apiVersion: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Id of the template deployment that makes this request. */
  readonly via?: string;
}

/** Answers a request. */
export type RequestHandler = (request: ArmRequest) => Promise<Reply> | Reply;

/** What one type of resource can do. */
export interface ResourceHandler {
  readonly get?: RequestHandler;
  readonly put?: RequestHandler;
  readonly patch?: RequestHandler;
  readonly delete?: RequestHandler;
  readonly head?: RequestHandler;
  readonly list?: RequestHandler;
  /** POST actions by lower-case name. */
  readonly actions?: Readonly<Record<string, RequestHandler>>;
  /** Whether it exists on subscriptions, groups and any resource, as role assignments do. @default false */
  readonly isExtension?: boolean;
}

/** The resource types of a service, in Azure's spelling, with their handlers. */
export type Routes = Readonly<Record<string, ResourceHandler>>;
