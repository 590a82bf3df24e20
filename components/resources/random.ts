import * as pulumi from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";
import { getVersion } from "@pulumi/random/utilities";
import { childrenOf } from "../pulumi/sdkInternals";
import { protection } from "../scope/scope";
import type { Scope } from "../scope/scope";

/**
 * Has the engine start the provider of the random resources at once, by asking for a function that does not exist. Otherwise it
 * starts it for the first of them, at the end of a rollout; until then it answers no hook of another component, and it may need
 * the worker of such a hook to start it.
 */
export function startRandom(component: pulumi.ComponentResource): void {
  const options = { parent: component, version: getVersion() };
  pulumi.runtime.invoke("random:index:none", {}, options).catch(() => undefined);
}

/** The random part of names, declared on first use: five lower-case letters and digits. */
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
 * Depends on every child, so the engine reaches it first when the component is to be deleted, and deletes none of its
 * dependencies. Without it the engine would skip a protected endpoint and delete what the endpoint does not depend on:
 * roles, alerts, autoscale. A run that leaves out a child leaves out the seal too, and the engine refuses that.
 */
export function declareSeal({ name, args, component }: Scope): RandomString {
  return new RandomString(
    `${name}-deletion-protection`,
    { length: 5, special: false },
    { parent: component, ...protection(args), dependsOn: [...childrenOf(component)] },
  );
}
