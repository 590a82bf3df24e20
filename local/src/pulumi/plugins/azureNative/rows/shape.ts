import { isValues } from "../../values";
import type { Values } from "../../values";

/** How the SDK writes an object that ARM writes otherwise: members of `properties` are flattened, names may differ. */
export interface Shape {
  /** Members that stand beside `properties`; all others stand in it. Undefined: every member stands where it is. */
  readonly envelope?: readonly string[];
  /** SDK names of members that ARM spells otherwise. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Shapes of members by SDK name; that of a list is the shape of its items. */
  readonly members?: Readonly<Record<string, Shape>>;
}

/** A named item of a list of Microsoft.Network: all but its name and id is in its `properties`. */
export const NAMED_ITEM: Shape = { envelope: ["id", "name", "type", "etag"] };

/** An object of the SDK as ARM writes it. */
export function toArm(shape: Shape, values: Values): Values {
  const { envelope, renamed = {}, members = {} } = shape;
  const [outer, inner]: [Values, Values] = [{}, {}];
  for (const [key, value] of Object.entries(values)) {
    const isOuter = envelope === undefined || envelope.includes(key);
    (isOuter ? outer : inner)[renamed[key] ?? key] = each(members[key], value, toArm);
  }
  return Object.keys(inner).length === 0 ? outer : { ...outer, properties: inner };
}

/** An object of ARM as the SDK writes it. */
export function fromArm(shape: Shape, document: Values): Values {
  const { envelope, renamed = {}, members = {} } = shape;
  const names = Object.fromEntries(Object.entries(renamed).map(([sdk, arm]) => [arm, sdk]));
  const { properties, ...outer } = document;
  const isFlat = envelope !== undefined && (properties === undefined || isValues(properties));
  const entries = isFlat ? [...Object.entries(properties ?? {}), ...Object.entries(outer)] : Object.entries(document);
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const name = names[key] ?? key;
      return [name, each(members[name], value, fromArm)];
    }),
  );
}

function each(shape: Shape | undefined, value: unknown, convert: (shape: Shape, values: Values) => Values): unknown {
  if (shape === undefined) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => each(shape, item, convert));
  return isValues(value) ? convert(shape, value) : value;
}
