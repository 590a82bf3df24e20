import { breaking, warning } from "./difference";
import type { Difference } from "./difference";
import { fitOf } from "./fit";
import type { Param } from "./modelContract";

/** Compares what requests may give beside the inputs. A new one has a default, which nobody notices. */
export function compareParams(stable: readonly Param[], candidate: readonly Param[]): Difference[] {
  return stable.flatMap((was) => {
    const is = candidate.find(({ name }) => name === was.name);
    const what = `param ${was.name}`;
    if (is === undefined) return [warning(`${what} is gone; MLflow ignores what callers still send`)];
    const [before, after] = [describe(was), describe(is)];
    const fit = was.isList === is.isList ? fitOf(was.type, is.type) : "refused";
    if (fit === "refused") return [breaking(`${what} is ${before} -> ${after}`, `keep ${before}`)];
    return [
      ...(fit === "rounded" ? [warning(`${what} is ${before} -> ${after}; numbers may be rounded`)] : []),
      ...(was.default === is.default ? [] : [warning(`${what} has default ${was.default} -> ${is.default}`)]),
    ];
  });
}

function describe({ type, isList }: Param): string {
  return isList ? `list of ${type}` : type;
}
