import { redact } from "../../components/values/redact";
import type { OpenRollout } from "../stack/openRollout";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { oneLine } from "../terminal/text";
import type { MoveResult } from "./move";

/** What a verb with `--json` prints. */
export interface VerbResult extends MoveResult {
  readonly verb: string;
  /** Full name; as it was typed where the stack could not be read, empty where it was not. */
  readonly stack: string;
  readonly component: string;
  /** The moves that were tried, in one line each. */
  readonly moves: readonly string[];
}

interface Asked {
  readonly verb: string;
  readonly stack?: string;
  readonly component?: string;
}

/**
 * The result of a verb that ended with an error, such as what is refused before a preview.
 *
 * @param rollout - undefined when it could not be opened
 */
export function failedResult(
  { verb, stack = "", component = "" }: Asked,
  rollout: Pick<OpenRollout, "place" | "component" | "file"> | undefined,
  error: unknown,
): VerbResult {
  return {
    verb,
    stack: rollout?.place.fullName ?? stack,
    component: rollout?.component?.name ?? component,
    moves: [],
    exitCode: error instanceof Failure ? error.exitCode : EXIT.failed,
    done: false,
    configRestored: rollout?.file.isUnchanged() ?? true,
    message: redact(oneLine(error)),
  };
}
