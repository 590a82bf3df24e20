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
export type Handle = (request: ArmRequest) => Promise<Reply> | Reply;

/** What one type of resource can do. */
export interface ResourceHandler {
  readonly get?: Handle;
  readonly put?: Handle;
  readonly patch?: Handle;
  readonly delete?: Handle;
  readonly head?: Handle;
  readonly list?: Handle;
  /** POST actions by lower-case name. */
  readonly actions?: Readonly<Record<string, Handle>>;
  /** Whether it stands in subscriptions, groups and on any resource, as role assignments do. @default false */
  readonly isExtension?: boolean;
}
