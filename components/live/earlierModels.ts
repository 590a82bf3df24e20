import { isMap } from "../rollout/shape";
import type { HookInputs } from "./hookInputs";
import { at } from "./stepInputs";

/** Where model files stand, as the component's own line says it. */
export const DEFAULT_DATASTORE = "default datastore of the workspace";

const TEXT =
  "model files now stand in the default datastore of the workspace, and no resource of the stack stands for them. What an " +
  "earlier version declared for them (Blob, BlobContainer, Datastore, ModelContainer) leaves the state of the stack only " +
  'and stays in Azure, as the preview\'s "retain" says; what is registered keeps its address and is not written';

/** What is said once to a stack whose models were declared by an earlier version; undefined for every other one. */
export function earlierModelsText({ oldInputs, newInputs }: HookInputs): string | undefined {
  if (oldInputs === undefined || oldInputs["modelFiles"] !== undefined || newInputs === undefined) return undefined;
  const versions = at(oldInputs, ["model", "versions"]);
  const hadOwn = Object.values(isMap(versions) ? versions : {}).some((source) => at(source, ["id"]) === undefined);
  return hadOwn ? TEXT : undefined;
}
