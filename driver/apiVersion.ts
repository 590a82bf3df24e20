import { parseId } from "../local/src/arm/ids";
import { apiVersionsAt } from "../local/src/apiSpec/versions";

/** The newest stable API version in which the type of a path is served; that of machine learning for what is no path. */
export function apiVersionOf(path: string): string {
  const id = parseId(path);
  const versions = id === undefined ? [] : apiVersionsAt(id);
  return (
    [PREFERRED, ...versions.toReversed()].find((version) => versions.includes(version) && !/-p/.test(version)) ??
    PREFERRED
  );
}

/** What azure-native asks for of machine learning. */
const PREFERRED = "2025-12-01";
