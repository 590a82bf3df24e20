import { isMap } from "../../components/values/shape";
import { HIDDEN, UNKNOWN } from "../stack/previewedStack";
import { armPathOf } from "../stack/armIds";
import { inClear, isMarked, secretOf } from "../stack/exportedStack";
import type { Values } from "../stack/exportedStack";

/** A property whose declared value differs from Azure's. */
export interface Difference {
  readonly path: string;
  readonly declared: unknown;
  readonly azure: unknown;
}

export interface StateInputs {
  readonly inputs: Values;
  readonly differences: readonly Difference[];
  /** Paths unknown both to the preview and to Azure. */
  readonly unknown: readonly string[];
}

/** Placeholder for a secret that Azure never shows; the next update writes the declared one. */
const NOT_SHOWN = "not shown by Azure";
/** Compared as one value: the parameters of a template deployment, and maps with keys chosen by the user. */
const WHOLE = /^properties\.parameters\.[^.]+\.value$/;
const EXACT = /(^|\.)(environmentVariables|tags)\./;

/**
 * The inputs recorded for an existing resource: those that the program declares, without the service's defaults, so the
 * next preview is empty. Where Azure has another value, Azure's is recorded: the next preview shows the difference, and
 * the component's rules judge it.
 *
 * @param declared - inputs as a preview shows them
 * @param azure - what the provider read
 */
export function stateInputs(type: string, declared: Values, azure: Values): StateInputs {
  const names = armPathOf(type) ?? "";
  const differences: Difference[] = [];
  const unknown: string[] = [];

  function join(path: string, wanted: unknown, found: unknown): unknown {
    const is = inClear(found);
    if (wanted === HIDDEN) return secretOf(is ?? NOT_SHOWN);
    if (isMarked(wanted)) return wanted;
    if (WHOLE.test(path)) return whole(path, wanted, is);
    if (wanted === UNKNOWN) {
      if (is === undefined || is === null || isMap(is)) unknown.push(path);
      return is;
    }
    if (isMap(wanted)) return joinMap(path, wanted, is);
    if (Array.isArray(wanted)) return joinList(path, wanted, is);
    return whole(path, wanted, is);
  }

  function joinMap(path: string, wanted: Values, is: unknown): Values {
    const inner = isMap(is) ? is : {};
    return Object.fromEntries(
      Object.entries(wanted).map(([key, value]) => [key, join(`${path}.${key}`, value, inner[key])]),
    );
  }

  function joinList(path: string, wanted: readonly unknown[], is: unknown): unknown {
    const inner = Array.isArray(is) ? (is as readonly unknown[]) : [];
    if (inner.length !== wanted.length && inner.length > 0) return whole(path, wanted, is);
    return wanted.map((value, index) => join(`${path}.${index}`, value, inner[index]));
  }

  function whole(path: string, wanted: unknown, is: unknown): unknown {
    if (is === undefined || is === null) {
      if (hasUnknowns(wanted)) unknown.push(path);
      return wanted;
    }
    if (!hasUnknowns(wanted)) {
      if (isSame(wanted, is, EXACT.test(path))) return wanted;
      differences.push({ path, declared: wanted, azure: is });
    }
    return is;
  }

  const inputs = Object.entries(declared).map(([key, value]) => {
    // The names in an id mean something else in outputs: `name` of a model version is its version.
    const isName = names.includes(`{${key}}`);
    return [key, join(key, value, isName ? undefined : azure[key])];
  });
  return { inputs: Object.fromEntries(inputs) as Values, differences, unknown };
}

export function hasUnknowns(value: unknown): boolean {
  return JSON.stringify(value)?.includes(UNKNOWN) ?? false;
}

/** Azure returns ids and locations in another case, durations in other units and numbers as text. */
function isSame(declared: unknown, azure: unknown, exact: boolean): boolean {
  const [one, other] = [textOf(declared), textOf(azure)];
  if (one === other) return true;
  if (exact || typeof declared === "object") return false;
  return plain(one) === plain(other) || (secondsOf(one) ?? Number.NaN) === secondsOf(other);
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(" ", "");
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/;

function secondsOf(text: string): number | undefined {
  const found = DURATION.exec(text);
  if (found === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value, (_, inner: unknown) =>
    isMap(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
