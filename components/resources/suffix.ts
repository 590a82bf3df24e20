import type * as pulumi from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";

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
