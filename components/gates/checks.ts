import type { GateOf } from "../settings/gates";
import { show } from "../values/violation";
import { placeIn } from "./predictions";
import type { Finding } from "./verdict";

/** What a GET was answered with. */
export interface HttpReply {
  readonly status: number;
  readonly text: string;
}

/** Judges the answer to a GET. */
export function judgeHttp(
  settings: GateOf<"http">["settings"],
  { status, text }: HttpReply,
): Pick<Finding, "verdict" | "numbers"> {
  if (status !== settings.status) return { verdict: "fail", numbers: `answers ${status}, not ${settings.status}` };
  const { at, equals } = settings;
  if (equals === undefined) return { verdict: "pass", numbers: `answers ${status}` };
  const body = parsed(text);
  const found = at === undefined ? body : placeIn(body, at);
  const shown = typeof found === "string" ? found : JSON.stringify(found);
  const where = at === undefined ? "" : ` at ${at}`;
  return found !== undefined && shown === equals
    ? { verdict: "pass", numbers: `answers ${show(shown)}${where}` }
    : {
        verdict: "fail",
        numbers: `answers ${found === undefined ? "nothing" : show(shown)}${where}, not ${show(equals)}`,
      };
}

/** How a command ended. */
export interface CommandEnd {
  /** Its exit status; undefined when it was ended, and then `problem` says why. */
  readonly code?: number | undefined;
  readonly problem?: string;
  /** The last line that it printed; empty when it printed nothing. */
  readonly lastLine: string;
}

/** Judges a command: 0 passes, 1 fails, anything else has decided nothing. */
export function judgeCommand({ code, problem, lastLine }: CommandEnd): Pick<Finding, "verdict" | "numbers" | "todo"> {
  const ended = problem ?? `ends with ${code}`;
  const numbers = lastLine === "" ? ended : `${ended}: ${lastLine}`;
  if (code === 0) return { verdict: "pass", numbers };
  if (code === 1) return { verdict: "fail", numbers };
  return { verdict: "inconclusive", numbers, todo: "correct the command: 0 passes, 1 fails" };
}

/** Any other text than JSON stays as it is, without the end of its line. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.trim();
  }
}
