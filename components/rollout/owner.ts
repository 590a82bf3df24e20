import { createHash } from "node:crypto";
import { MAX_TAG_VALUE } from "./tagLimits";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";

/** Who writes an endpoint: `organization/project/stack component`, cut to what a tag holds. */
export function ownerOf(stack: string, component: string): string {
  const owner = `${stack} ${component}`;
  if (owner.length <= MAX_TAG_VALUE) return owner;
  const hash = createHash("sha256").update(owner).digest("hex").slice(0, 16);
  return `${owner.slice(0, MAX_TAG_VALUE - hash.length - 1)} ${hash}`;
}

/** A component's names as the owner of an endpoint. */
export interface Ownership {
  readonly owner: string;
  /** Its earlier names, from its aliases. */
  readonly formerly: readonly string[];
  /** The owner to take the endpoint over from, as declared. */
  readonly takeOver?: string;
}

/** Whether the tags name the component itself, by a current or earlier name, or nobody. */
export function isOwn({ owner, formerly }: Ownership, tagged: string | undefined): boolean {
  return tagged === undefined || tagged === owner || formerly.includes(tagged);
}

/**
 * Two stacks that write one endpoint would overwrite each other's weights forever.
 *
 * @param known - owners named in the component's own records, such as the last step in the state. They count only for
 *   the same stack: a copied state also names the owner, whose stack still writes.
 */
export function checkOwner(
  ownership: Ownership,
  tagged: string | undefined,
  known: readonly (string | undefined)[] = [],
): Violation[] {
  const { takeOver, owner } = ownership;
  if (tagged === undefined || isOwn(ownership, tagged)) return [];
  if (known.includes(tagged) && stackOf(tagged) === stackOf(owner)) return [];
  if (takeOver === tagged) return [];
  const path = "takeOver";
  const reason =
    `the endpoint belongs to ${tagged}, this is ${owner}; change its traffic there, or take it over with ` +
    `takeOver: ${JSON.stringify(tagged)}, and remove it from the other stack's state` +
    (takeOver === undefined ? "" : ` (it is ${show(takeOver)})`);
  return [{ path, reason }];
}

/** A component by its URN, without its own type: two of one name in different components differ by their parents' types. */
export function componentOfUrn(urn: string): {
  readonly project: string;
  readonly stack: string;
  readonly name: string;
} {
  const [stack = "", project = "", type = "", ...names] = urn.replace(/^urn:pulumi:/, "").split("::");
  const parents = type.split("$").slice(0, -1).join("$");
  const name = names.join("::");
  return { stack, project, name: parents === "" ? name : `${parents}::${name}` };
}

/** `organization/project/stack` of an owner. */
function stackOf(owner: string): string {
  return owner.split(" ", 1)[0] ?? "";
}
