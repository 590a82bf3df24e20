import type { Shape } from "./shape";

/** One type of resource: where it stands in ARM and how its arguments become a body. */
export interface ResourceType extends Shape {
  /** Path below the subscription, or one that begins with the scope of an extension; names of arguments in braces. */
  readonly path: string;
  readonly apiVersion: string;
  /** The argument that is made from the resource's name when it is not given. */
  readonly nameArgument: string;
  readonly hasLocation?: boolean;
  /** Arguments whose change replaces the resource, beside those of the path and the location. */
  readonly replacing?: readonly string[];
  /** Arguments that are resources of their own too: what is there is no drift as long as the program names none. */
  readonly subResources?: readonly string[];
  /** Arguments of this type, at any depth, that Azure adds by itself to others. */
  readonly written?: readonly string[];
  /** Whether the SDK keeps `properties` in the outputs although the arguments are flattened. */
  readonly nestedOutputs?: boolean;
  /** Storage account names take lower-case letters and digits only. */
  readonly plainName?: boolean;
}

export type Rows = Readonly<Record<string, ResourceType>>;

export const GROUP = "/resourceGroups/{resourceGroupName}";
