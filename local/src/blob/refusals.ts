import type { Reply } from "../http/exchange";
import { xmlDocument, xmlText } from "./xml";

/** A refusal in the form of Azure Blob Storage, with a code of "Blob service error codes". */
export class BlobError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  toReply(): Reply {
    const headers = { ...this.headers, "x-ms-error-code": this.code };
    if (this.status === 304) return { status: 304, headers };
    const body = xmlDocument(`<Error><Code>${this.code}</Code><Message>${xmlText(this.message)}</Message></Error>`);
    return { status: this.status, headers: { ...headers, "content-type": "application/xml" }, body };
  }
}

export function invalidHeader(name: string, value: unknown): BlobError {
  return new BlobError(
    400,
    "InvalidHeaderValue",
    `The value for one of the HTTP headers is not in the correct format: ${name}: ${String(value)}`,
  );
}

export function invalidQuery(name: string): BlobError {
  return new BlobError(
    400,
    "InvalidQueryParameterValue",
    `Value for one of the query parameters specified in the request URI is invalid: ${name}`,
  );
}

export function unsupportedVerb(): BlobError {
  return new BlobError(405, "UnsupportedHttpVerb", "The resource doesn't support specified Http Verb.");
}

export function containerNotFound(): BlobError {
  return new BlobError(404, "ContainerNotFound", "The specified container does not exist.");
}

export function unsupportedPart(part: string | null): BlobError {
  return new BlobError(
    400,
    "UnsupportedQueryParameter",
    `One of the query parameters specified in the request URI is not supported: comp=${String(part)}`,
  );
}

export function invalidMd5Range(): BlobError {
  return new BlobError(400, "InvalidHeaderValue", "x-ms-range-get-content-md5 needs a range of at most 4 MiB.");
}

export function conditionNotMet(): BlobError {
  return new BlobError(412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
}

export function notModified(): BlobError {
  return new BlobError(304, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
}

export function blobAlreadyExists(): BlobError {
  return new BlobError(409, "BlobAlreadyExists", "The specified blob already exists.");
}
