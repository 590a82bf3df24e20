import type { RolloutContext } from "./context";
import type { VersionFacts } from "./modelVersions";
import { readLiveModel } from "./readEndpoint";
import { warnLater } from "./warnLater";

/**
 * Warns of a version that somebody has deleted or archived while a deployment runs it. Pulumi compares with its state and
 * would not see it.
 */
export async function sayDrift(context: RolloutContext, version: string, facts: Promise<VersionFacts>): Promise<void> {
  const { plan } = await facts;
  const isArchivedByHand = plan?.what === "archive" && plan.registered.isArchived;
  if (plan?.what !== "register" && !isArchivedByHand) return;
  const runs = await runningDeployments(context, version).catch(() => []);
  if (runs.length === 0) return;
  const what = isArchivedByHand ? "is archived in Azure" : "is not registered in Azure any more";
  const and = isArchivedByHand ? "" : ", and a new machine cannot download it";
  warnLater(
    context.component,
    `model version ${version} ${what} while it runs in ${runs.join(", ")}${and}; what this update does not write is put right by "pulumi up --refresh"`,
  );
}

/** The declared deployments that Azure has with a version. */
async function runningDeployments(
  { component, deployedModels, order }: RolloutContext,
  version: string,
): Promise<string[]> {
  const declared = Object.entries(deployedModels.modelVersions).filter(([, runs]) => runs === version);
  const path = declared.length === 0 ? undefined : await order?.path;
  if (path === undefined) return [];
  const reads = declared.map(async ([name]) => ({ name, model: await readLiveModel(path, name, component) }));
  const suffix = `/versions/${version}`;
  return (await Promise.all(reads)).flatMap(({ name, model }) => (model?.id?.endsWith(suffix) === true ? [name] : []));
}
