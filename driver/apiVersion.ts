import { parseId } from "../local/src/arm/ids";
import { apiVersionsAt } from "../local/src/apiSpec/versions";

/** The newest stable API version of a path's type; machine learning's for anything else. */
export function apiVersionOf(path: string): string {
  const id = parseId(path);
  const versions = id === undefined ? [] : apiVersionsAt(id);
  return (
    [PREFERRED, ...versions.toReversed()].find((version) => versions.includes(version) && !/-p/.test(version)) ??
    PREFERRED
  );
}

/** The API version that azure-native uses for machine learning. */
const PREFERRED = "2025-12-01";
