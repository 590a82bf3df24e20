import type { ProgressiveMlflowEndpointArgs } from "../args";

/** Whether the engine refuses to delete or replace what serves and what it stands on. */
export function isProtected({ deletionProtection = true }: ProgressiveMlflowEndpointArgs): boolean {
  return deletionProtection;
}

/** The option for a resource; nothing instead of `false`, which would lift a protection that the user gave the component. */
export function protection(args: ProgressiveMlflowEndpointArgs): { readonly protect?: true } {
  return isProtected(args) ? { protect: true } : {};
}
