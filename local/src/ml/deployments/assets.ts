import { objectAt, shown } from "../../common/json";
import { badRequest } from "../../arm/errors";
import type { MlServices } from "../shared/services";
import { CODES, ENVIRONMENTS, modelVersionAt, versionsType } from "../assets/records";
import { refusals } from "../shared/refusals";

/** Refuses a deployment whose model is not there. */
export function requireModel({ store }: MlServices, model: unknown): void {
  if (typeof model !== "string" || model === "") {
    throw badRequest(
      "BadRequest",
      "A deployment without an environment needs an MLflow model: properties.model is missing.",
    );
  }
  if (modelVersionAt(store, model) === undefined) throw refusals.modelNotFound(model);
}

/** What an environment or a scoring script of one's own is registered as; the model is scored by its MLflow flavour here. */
export function requireAssets({ store }: MlServices, properties: Record<string, unknown>): void {
  const environment = properties["environmentId"];
  const isShared = typeof environment === "string" && environment.startsWith("azureml://registries/");
  const isEnvironment = store.get(shown(environment))?.type === versionsType(ENVIRONMENTS);
  if (isGiven(environment) && !isShared && !isEnvironment) throw refusals.environmentNotFound(shown(environment));
  const { codeId } = objectAt(properties, "codeConfiguration");
  if (isGiven(codeId) && store.get(shown(codeId))?.type !== versionsType(CODES))
    throw refusals.codeNotFound(shown(codeId));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
