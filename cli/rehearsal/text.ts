import type { MeasuredDeployment, RehearsalResult, StageResult } from "./result";

/** As the component's own lines have it. */
const LABEL = 9;
/** What the component says of a step that a rehearsal does not measure itself. */
const SHOWN = /^(rules|contract|gates?) /;

/** A stage as a person reads it: what was done, and what came of it. */
export function stageText(stage: StageResult, candidate: string): string {
  const rows = [
    ...stage.verdicts.map((verdict) => verdict.trim()).filter((verdict) => SHOWN.test(verdict)),
    ...heldRow(stage),
    ...splitRow(stage),
    ...errorRows(stage),
    ...latencyRow(stage),
    ...copiesRow(stage),
    ...exposedRow(stage, candidate),
    ...stage.reasons.flatMap((reason) => row(stage.outcome, reason)),
  ];
  return [headline(stage, candidate), ...rows.map((line) => `    ${line}`)].join("\n");
}

function headline({ kind, title, weight, mirrored, outcome }: StageResult, candidate: string): string {
  const ends = outcome === "done" ? "" : `: ${OUTCOMES[outcome]}`;
  switch (kind) {
    case "start":
      return `start   ${candidate} with weight 0${ends}`;
    case "mirror":
      return `mirror  ${mirrored} % of the requests are copied to ${candidate}${ends}`;
    case "abort":
      return `abort   ${candidate} back to 0${ends}`;
    default:
      return `${title}  ${candidate} to ${weight} %${ends}`;
  }
}

const OUTCOMES = {
  done: "",
  fail: "stopped by a gate",
  inconclusive: "held by a gate",
  refused: "refused",
  failed: "failed",
} as const;

function heldRow({ asked }: StageResult): readonly string[] {
  return asked === 1 ? [] : row("held", `gates had too little to go on, and were asked ${asked} times`);
}

function splitRow({ split, weight, kind }: StageResult): readonly string[] {
  if (split === undefined || kind === "start") return [];
  const { requests, candidate, interval, isAsDeclared } = split;
  const [low, high] = interval.map((share) => percent(100 * share));
  const verdict = isAsDeclared ? `${weight} lies in it` : `${weight} does NOT lie in it`;
  const share = requests === 0 ? 0 : (100 * candidate) / requests;
  return row("split", `${percent(share)} % of ${requests} requests, 99.9 % interval ${low} to ${high}: ${verdict}`);
}

function errorRows({ deployments, lost, requests }: StageResult): readonly string[] {
  const shown = deployments.map(({ name, requests: all, errors, wrong }) => {
    const alsoWrong = wrong === 0 ? "" : ` and ${count(wrong, "wrong answer")}`;
    return `${name} ${errors}${alsoWrong} of ${all}`;
  });
  return requests === 0 ? [] : row("errors", `${shown.join(", ")}; ${count(lost, "request")} lost`);
}

function latencyRow({ deployments }: StageResult): readonly string[] {
  const shown = deployments.flatMap((each) => latencyOf(each));
  return shown.length === 0 ? [] : row("latency", shown.join(", "));
}

function latencyOf({ name, p50, p95 }: MeasuredDeployment): readonly string[] {
  return p50 === undefined || p95 === undefined ? [] : [`${name} p50 ${ms(p50)}, p95 ${ms(p95)}`];
}

function copiesRow({ copies }: StageResult): readonly string[] {
  if (copies === undefined) return [];
  return row(
    "copies",
    `${copies.requests} answered by the candidate, ${count(copies.errors, "error")}; callers see none`,
  );
}

function exposedRow({ exposed, kind }: StageResult, candidate: string): readonly string[] {
  if (kind !== "step" && exposed.requests === 0) return [];
  return row("exposed", `${count(exposed.requests, "request")} answered by ${candidate}, ${exposed.bad} of them badly`);
}

/** How a rehearsal ended, in a few lines. */
export function endText(result: RehearsalResult): string {
  const { candidate, steps, seconds, lostRequests, exposed } = result;
  const numbers = [
    count(steps, "step"),
    `${count(lostRequests, "request")} lost`,
    `${exposed.requests} answered by ${candidate}, ${exposed.bad} of them badly`,
    `${seconds} s`,
  ];
  return `${endLine(result)}\n    ${numbers.join(", ")}`;
}

/** How it ended in one line. */
export function endLine({ result, stages, candidate, stable, lostRequests, exposed }: RehearsalResult): string {
  const stopped = stages.findLast(({ outcome }) => outcome !== "done");
  const where = stopped?.title ?? "";
  if (stopped?.kind === "start")
    return `${result}: ${candidate} could not be deployed; ${stable} has all of the traffic`;
  switch (result) {
    case "completed":
      return lostRequests + exposed.bad === 0
        ? `completed: ${candidate} has all of the traffic`
        : `completed, and nothing stopped it: ${candidate} has all of the traffic`;
    case "aborted":
      return stages.some(({ kind }) => kind === "abort")
        ? `aborted before ${where}: ${stable} has all of the traffic again`
        : `stopped before ${where}: ${candidate} had no traffic yet`;
    case "held":
      return `held before ${where}: a gate had too little to go on`;
    case "refused":
      return `refused at ${where}; nothing was written`;
    default:
      return `failed at ${where}`;
  }
}

function row(label: string, text: string): readonly string[] {
  return text.split("\n").map((line, index) => `${(index === 0 ? label : "").padEnd(LABEL)}${line.trim()}`);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function percent(value: number): string {
  return value.toFixed(1);
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
