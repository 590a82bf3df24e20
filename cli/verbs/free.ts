import { readLocks } from "../stack/fileBackend";
import type { OpenRollout } from "../stack/openRollout";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";

/** Pulumi would wait for nobody; saying who it is saves a look. @throws Failure when somebody holds the stack */
export function requireFree({ place, cwd }: Pick<OpenRollout, "place" | "cwd">): void {
  const [lock] = readLocks(place.backendUrl, place.fullName, cwd);
  if (lock === undefined) return;
  throw new Failure(
    `${place.fullName} is being updated by ${lock.username}@${lock.hostname}, pid ${lock.pid}, since ${lock.timestamp}; ` +
      'nothing was written. If that process is gone, "mlflow-rollout recover" releases the stack',
    EXIT.conflict,
  );
}
