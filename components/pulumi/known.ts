import * as pulumi from "@pulumi/pulumi";

/** The value itself, or undefined when any part of it is not known yet. */
export function known(value: unknown): unknown {
  return pulumi.containsUnknowns(value) ? undefined : value;
}

/** A text, or undefined when it is not text or not known yet. */
export function textOf(value: unknown): string | undefined {
  const text = known(value);
  return typeof text === "string" ? text : undefined;
}
