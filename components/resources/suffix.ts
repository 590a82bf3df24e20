import type * as pulumi from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";

/** The random part of names: five lower-case letters and digits. */
export function declareSuffix(name: string, component: pulumi.ComponentResource): pulumi.Output<string> {
  const suffix = new RandomString(
    `${name}-suffix`,
    { length: 5, lower: true, upper: false, numeric: true, special: false },
    { parent: component },
  );
  return suffix.result;
}
