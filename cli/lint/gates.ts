import type { FileProbe } from "../../components/checks/checkModel";
import type { RolloutValues } from "../../components/config/rolloutValues";
import { RequestSetError, readRequestSet } from "../../components/gates/requestSet";
import { gatesOf } from "../../components/settings/gates";
import type { Gate } from "../../components/settings/gates";
import { show } from "../../components/values/violation";
import { gatesIn } from "../status/gates";
import type { Finding } from "./finding";

/** Files that gates need and that are not there, or not what they must be: these gates would let no weight rise. */
export function gateFileProblems({ rollout = {} }: RolloutValues, files: FileProbe): readonly Finding[] {
  return gatesOf(gatesIn({ ...rollout })).flatMap((gate) => {
    const data = dataOf(gate);
    const reason = data === undefined ? undefined : problemOf(gate, data, files);
    return reason === undefined ? [] : [{ severity: "warning", path: `rollout.gates.${gate.name}`, reason }];
  });
}

function dataOf({ kind, settings }: Gate): string | undefined {
  if (kind === "latency") return settings.probes === undefined ? undefined : settings.data;
  return kind === "request" || kind === "compare" ? settings.data : undefined;
}

function problemOf({ kind }: Gate, data: string, files: FileProbe): string | undefined {
  const text = files.readText(data);
  if (text === undefined) return `there is no file ${show(data)}; without it the gate is inconclusive`;
  try {
    if (kind === "compare") readRequestSet(text);
    else JSON.parse(text);
    return undefined;
  } catch (error) {
    const problem = error instanceof RequestSetError ? `${show(data)}: ${error.message}` : `${show(data)} is not JSON`;
    return `${problem}; until then the gate is inconclusive`;
  }
}
