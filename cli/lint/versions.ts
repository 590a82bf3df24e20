import { unreadableVersions } from "../../components/checks/checkModel";
import type { FileProbe } from "../../components/checks/checkModel";
import type { RolloutValues } from "../../components/config/rolloutValues";
import { isMap } from "../../components/values/shape";
import { show } from "../../components/values/violation";
import type { Finding } from "./finding";

/** Model folders that nothing can be uploaded of; what no deployment runs may be registered already. */
export function versionProblems({ versions, deployments }: RolloutValues, files: FileProbe): readonly Finding[] {
  const used = usedVersions(deployments);
  return Object.entries(unreadableVersions(versions, deployments, files)).map(([version, reason]) => ({
    severity: used.has(version) ? "error" : "warning",
    path: `modelVersions.${version}`,
    reason: used.has(version) ? reason : `${reason}; no deployment runs it, so it matters only if it is not registered`,
  }));
}

/** Versions that nobody runs, and folders that another machine may not have. */
export function checkVersions(
  { versions = {}, deployments }: RolloutValues,
  isOutside: (path: string) => boolean,
): readonly Finding[] {
  const used = usedVersions(deployments);
  return Object.entries(versions).flatMap(([version, source]): Finding[] => {
    const path = `modelVersions.${version}`;
    const folder: unknown = isMap(source) ? source["path"] : undefined;
    return [
      ...(used.has(version) || source?.archived === true
        ? []
        : [
            {
              severity: "note",
              path,
              reason: "no deployment runs it; it stays registered while it is declared",
            } as const,
          ]),
      ...(typeof folder === "string" && isOutside(folder)
        ? [
            {
              severity: "note",
              path,
              reason: `${show(folder)} is outside the project; another machine may not have it`,
            } as const,
          ]
        : []),
    ];
  });
}

function usedVersions(deployments: RolloutValues["deployments"]): ReadonlySet<string | undefined> {
  return new Set(Object.values(deployments).map((deployment) => deployment?.modelVersion));
}
