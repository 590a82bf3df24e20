import { parseRollout } from "../../components/config/rolloutValues";
import type { Weights } from "../../components/rollout/weights";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import type { Values } from "../stack/exportedStack";

/** A deployment that served at an earlier update. */
export interface TargetDeployment {
  readonly name: string;
  readonly version: string;
  /** Its weight in percent, 1 to 100. */
  readonly weight: number;
  /** Its settings, without the version. */
  readonly settings: Values;
  /** Where its version came from, as config had it. */
  readonly source: unknown;
}

/** An earlier update of a stack, as Pulumi's history has it. */
export interface EarlierUpdate {
  /** As `history` counts them. */
  readonly number: number;
  readonly succeeded: boolean;
  /** The text of the rollout's config keys. */
  readonly config: Readonly<Record<string, string>>;
}

/** What served after an earlier update, most weight first. @throws Failure when its config says nothing of it */
export function targetOf({ number, config }: EarlierUpdate): readonly TargetDeployment[] {
  const { values, violations } = parseRollout((key) => config[key]);
  const names = Object.keys(values.deployments);
  const weights: Weights = values.traffic ?? (names.length === 1 ? { [names[0] ?? ""]: 100 } : {});
  const serving = Object.entries(values.deployments).flatMap(([name, deployment]) => {
    const { modelVersion: version, ...settings } = deployment;
    const weight = weights[name] ?? 0;
    return weight > 0 ? [{ name, version, weight, settings, source: values.versions?.[version] }] : [];
  });
  if (violations.length > 0 || serving.length === 0)
    throw new Failure(`update ${number} has no weights in its stack config; nothing can be undone to it`, EXIT.refused);
  return serving.toSorted((a, b) => b.weight - a.weight);
}

/** What decides which update is undone to. */
export interface Undoing {
  /** The update that the user named, as `history` counts them. */
  readonly number: number | undefined;
  /** Whether a target is what config declares now. */
  readonly isNow: (target: readonly TargetDeployment[]) => boolean;
  /** Whether no rollout is under way. */
  readonly isOver: boolean;
}

/**
 * The update that is undone to: the one with a number, else the last one that served something else than now. While a
 * rollout is under way that is its last step; after its end the whole rollout, whose splits nobody wants back.
 *
 * @param updates - oldest first
 * @throws Failure when there is none
 */
export function chooseUpdate(updates: readonly EarlierUpdate[], { number, isNow, isOver }: Undoing): EarlierUpdate {
  if (number !== undefined) {
    const found = updates.find((update) => update.number === number);
    if (found === undefined)
      throw new Failure(`there is no update ${number}; "mlflow-rollout history" lists them`, EXIT.usage);
    if (!found.succeeded) throw new Failure(`update ${number} did not succeed; choose another one`, EXIT.refused);
    return found;
  }
  const others = updates.filter((update) => update.succeeded && !isNowOrNothing(update, isNow));
  const whole = isOver ? others.findLast((update) => targetOf(update).length === 1) : undefined;
  const other = whole ?? others.at(-1);
  if (other === undefined)
    throw new Failure("no earlier update served anything else; nothing can be undone", EXIT.refused);
  return other;
}

function isNowOrNothing(update: EarlierUpdate, isNow: (target: readonly TargetDeployment[]) => boolean): boolean {
  try {
    return isNow(targetOf(update));
  } catch {
    return true;
  }
}
