import * as pulumi from "@pulumi/pulumi";
import { resourcesBehind } from "../live/sdkInternals";

/**
 * A value that is known once the resources behind it are made: a preview may know the name of one that is not there yet,
 * and a lookup by that name would find nothing.
 */
export function made<T>(input: pulumi.Input<T>): pulumi.Output<pulumi.Unwrap<T>> {
  const value = pulumi.output(input);
  const ids = resourcesBehind(value).then((all) =>
    [...all].filter((each) => pulumi.CustomResource.isInstance(each)).map(({ id }) => id),
  );
  return pulumi.all([value, pulumi.output(ids)]).apply(([it]) => it as pulumi.Unwrap<T>);
}
