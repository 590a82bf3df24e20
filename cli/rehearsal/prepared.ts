import { resolve } from "node:path";
import { formatViolations } from "../../components/values/violation";
import { valueIn } from "../stack/exportedStack";
import type { OpenRollout } from "../stack/openRollout";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { abort } from "../verbs/abort";
import { foresee } from "../verbs/foresee";
import { requireCandidate } from "../verbs/move";
import { linesThatSet } from "../verbs/programLines";
import { promote } from "../verbs/promote";
import { rolloutStateOf } from "../verbs/rolloutState";
import type { RolloutState } from "../verbs/rolloutState";
import { start } from "../verbs/start";
import { faultsBeyond } from "./fault";
import type { RehearsedFault } from "./fault";
import type { Cast } from "./faultRules";
import type { DeclaredRollout } from "./opening";
import { abortStage, scriptOf } from "./script";
import type { ScriptedMove, Stage } from "./script";

/** A rehearsal whose stable deployment serves, and all that is to come. */
export interface Script {
  readonly cast: Cast;
  readonly component: string;
  readonly stages: readonly Stage[];
}

/** Where the candidate comes from. */
export interface CandidateChoice {
  /** As stack config declares it. */
  readonly declared?: DeclaredRollout;
  /** Full path of the folder of its model. */
  readonly model?: string;
  /** Folder that the paths of models in stack config are relative to. */
  readonly programFolder: string;
}

/**
 * All stages of a rehearsal, decided as the verbs decide each of them.
 *
 * @param rollout - with the stable deployment alone
 * @throws Failure when the program sets what config would have to change, or a fault begins after the last step
 */
export function scriptFor(rollout: OpenRollout, choice: CandidateChoice, faults: readonly RehearsedFault[]): Script {
  const before = requireState(rollout, choice.programFolder);
  const candidates: string[] = [];
  const moves = foresee(rollout, (state): (ScriptedMove & ReturnType<typeof promote>) | undefined => {
    if (state.candidates.length === 0) return startMove(state, choice);
    const { candidate } = requireCandidate(state);
    candidates.push(candidate);
    return (state.declared.traffic[candidate] ?? 0) >= 100 ? undefined : promote(state, false);
  });
  const cast = { stable: before.stable ?? "", candidate: candidates[0] ?? "" };
  const stages = scriptOf(moves, cast, before.plan, bakeMinutes(rollout, before));
  const beyond = faultsBeyond(faults, stages.filter(({ kind }) => kind === "step").length);
  if (beyond.length > 0) throw new Failure(`the rehearsal cannot go on:\n${formatViolations(beyond)}`, EXIT.usage);
  return { cast, component: before.component, stages };
}

/** The stage that gives all of the traffic back; undefined while the candidate has none. */
export function abortStageFor(rollout: OpenRollout, step: number): Stage | undefined {
  const state = rolloutStateOf(rollout);
  const move = state && abort(state);
  return move && abortStage(move, step);
}

function startMove(state: RolloutState, { declared, model, programFolder }: CandidateChoice) {
  const fullPath = (path: string): string => resolve(programFolder, path);
  if (declared === undefined)
    return start(state, { source: { kind: "path", path: model ?? "" }, fullPath, deployment: undefined });
  const { candidate } = declared;
  return {
    verb: "start",
    text: `${candidate} with weight 0`,
    edits: declared.start,
    isWeightsOnly: false,
    leaves: { traffic: { ...state.declared.traffic, [candidate]: 0 }, mirrorTraffic: {} },
    next: "",
  };
}

function bakeMinutes({ component }: OpenRollout, { plan }: RolloutState): number {
  const minutes = valueIn(component?.inputs, "policy.bakeMinutes");
  return Math.max(plan.bakeMinutes, typeof minutes === "number" ? minutes : 0);
}

/** @throws Failure when the program declares no rollout, or holds what the rehearsal would move */
function requireState(rollout: OpenRollout, programFolder: string): RolloutState {
  const state = rolloutStateOf(rollout);
  if (state === undefined)
    throw new Failure(
      "the program declares no ProgressiveMlflowEndpoint, and without one there is no rollout",
      EXIT.refused,
    );
  if (state.inProgram.length === 0) return state;
  const lines = linesThatSet(programFolder, state.inProgram).map((line) => `\n  ${line}`);
  throw new Failure(
    `${state.inProgram.join(" and ")} of ${state.component} are set in the program, and a rehearsal moves what stack config ` +
      `declares; let the program take them from config with readRollout()${lines.length > 0 ? ":" : ""}${lines.join("")}`,
    EXIT.refused,
  );
}
