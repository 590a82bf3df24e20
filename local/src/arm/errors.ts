import type { Reply } from "../http/exchange";
import type { ResourceId } from "./ids";

export interface ArmErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
  readonly details?: readonly ArmErrorDetail[];
  readonly additionalInfo?: readonly object[];
}

/** A refusal in Azure Resource Manager's own form. */
export class ArmError extends Error {
  constructor(
    readonly status: number,
    readonly detail: ArmErrorDetail,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail.message);
  }

  toReply(): Reply {
    return { status: this.status, headers: this.headers, body: { error: this.detail } };
  }
}

export function badRequest(code: string, message: string): ArmError {
  return new ArmError(400, { code, message });
}

export function notFound(code: string, message: string): ArmError {
  return new ArmError(404, { code, message });
}

export function conflict(code: string, message: string): ArmError {
  return new ArmError(409, { code, message });
}

/** The refusal for a resource that does not exist. */
export function resourceNotFound(id: ResourceId): ArmError {
  const path = [id.provider, ...id.types.flatMap((type, index) => [type, id.names[index] ?? ""])].join("/");
  return notFound(
    "ResourceNotFound",
    `The Resource '${path}' under resource group '${id.resourceGroup ?? ""}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

export function operationNotFound(): ArmError {
  return notFound("NotFound", "The operation was not found.");
}
