import type * as pulumi from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";
import { childrenOf } from "../pulumi/sdkInternals";
import { protection } from "../scope/scope";
import type { Scope } from "../scope/scope";

/** The random part of names, declared when it is first asked for: five lower-case letters and digits. */
export function suffixOf(name: string, component: pulumi.ComponentResource): () => pulumi.Output<string> {
  let suffix: RandomString | undefined;
  return () => {
    suffix ??= new RandomString(
      `${name}-suffix`,
      { length: 5, lower: true, upper: false, numeric: true, special: false },
      { parent: component },
    );
    return suffix.result;
  };
}

/**
 * Depends on every child, so that the engine reaches it first when the component is to be deleted, and deletes nothing that
 * it depends on. Without it the engine would go on past a protected endpoint to what does not hold that endpoint up: roles,
 * alerts, autoscale. A child that is not declared in a run leaves the seal out as well, and the engine refuses.
 */
export function declareSeal({ name, args, component }: Scope): RandomString {
  return new RandomString(
    `${name}-deletion-protection`,
    { length: 5, special: false },
    { parent: component, ...protection(args), dependsOn: [...childrenOf(component)] },
  );
}
