import { isDeepStrictEqual } from "node:util";
import type { ExportedStack, ResourceState } from "../../cli/stack/exportedStack";
import { nameOf, pendingOf, resourcesOf } from "../../cli/stack/exportedStack";
import type { CrashTestbed, Document } from "./testbed";

/** Azure and the stack's state by resource, without what differs between identical runs. */
export interface EndState {
  readonly azure: Document;
  readonly state: Document;
}

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)/g;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const GROUP = /heart-classifier[0-9a-f]{8}\b/g;
/** The same secret is encrypted differently each time. */
const CIPHERTEXT = /(?<="ciphertext":")[^"]*/g;
const SUFFIX = /"mlw-([a-z0-9]{5})"/;
/**
 * What the engine records about a run, or the provider returns besides the inputs. A version that an interrupted update
 * registered is imported into the state.
 */
const NOTES = new Set(["created", "modified", "sourcePosition", "stackTrace", "outputs", "importID"]);
/** Its id is the random string. */
const RANDOM = "random:index/randomString:RandomString";

export async function readEndState(testbed: CrashTestbed): Promise<EndState> {
  const [documents, stack] = [await testbed.resources(), testbed.state()];
  const suffix = SUFFIX.exec(JSON.stringify(documents))?.[1];
  return {
    azure: byName(documents, ({ id }) => String(id), suffix),
    state: byName(resourcesOf(stack).map(withoutNotes), ({ urn }) => String(urn), suffix),
  };
}

/** Differences between two end states. */
export function endStateDifferences(expected: EndState, actual: EndState): readonly string[] {
  return (["azure", "state"] as const).flatMap((side) =>
    compare(expected[side], actual[side], "").map((difference) => `${side}: ${difference}`),
  );
}

/** Traces of an interrupted update in a state. */
export function leftovers(stack: ExportedStack): readonly string[] {
  const failed = resourcesOf(stack).filter(({ initErrors = [] }) => initErrors.length > 0);
  return [
    ...pendingOf(stack).map(({ type, resource }) => `still pending: ${type} ${nameOf(resource)}`),
    ...failed.map((resource) => `not ready: ${nameOf(resource)}`),
  ];
}

function compare(expected: unknown, actual: unknown, path: string): readonly string[] {
  if (isDeepStrictEqual(expected, actual)) return [];
  if (!isDocument(expected) || !isDocument(actual)) {
    return [`${path} is ${shown(actual)} instead of ${shown(expected)}`];
  }
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
  return keys.flatMap((key) => compare(expected[key], actual[key], path === "" ? key : `${path} > ${key}`));
}

function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

function withoutNotes(resource: ResourceState): Document {
  const entries = Object.entries({ ...resource }).filter(
    ([key]) => !NOTES.has(key) && !(key === "id" && resource.type === RANDOM),
  );
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key.endsWith("ependencies") ? unordered(value) : value]),
  );
}

/** Dependencies are sets; the engine writes them in any order. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(String).toSorted();
  if (!isDocument(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unordered(inner)]));
}

function byName(
  documents: readonly Document[],
  name: (document: Document) => string,
  suffix: string | undefined,
): Document {
  const plain = (text: string): string => {
    const random = [
      [GROUP, "<group>"],
      [UUID, "<uuid>"],
      [TIME, "<time>"],
      [CIPHERTEXT, "<secret>"],
    ] as const;
    const settled = random.reduce((rest, [pattern, placeholder]) => rest.replaceAll(pattern, placeholder), text);
    return suffix === undefined ? settled : settled.replaceAll(suffix, "<suffix>");
  };
  return Object.fromEntries(
    documents.map((document) => [plain(name(document)), JSON.parse(plain(JSON.stringify(document))) as unknown]),
  );
}
