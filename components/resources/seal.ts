import { RandomString } from "@pulumi/random/randomString";
import { childrenOf } from "../live/sdkInternals";
import { protection } from "./protection";
import type { Scope } from "./scope";

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
