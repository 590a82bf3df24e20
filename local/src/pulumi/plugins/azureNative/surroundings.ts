import type { Pace } from "./pace";

export interface HttpRequest {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request; rejects when there is no reply. */
export type Fetch = (url: string, request: HttpRequest) => Promise<Response>;

/** What the provider finds around it: that of its process, unless it shares one with others. */
export interface Surroundings {
  readonly env?: NodeJS.ProcessEnv;
  readonly pace?: Pace;
  readonly fetch?: Fetch;
}
