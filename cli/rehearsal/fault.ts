import type { Violation } from "../../components/values/violation";

/** Something that goes wrong in a rehearsal because it was asked for. */
export interface RehearsedFault {
  /** As it was typed. */
  readonly text: string;
  readonly who: FaultyRole;
  readonly kind: FaultKind;
  /** Percent of the requests for `errors` and `wrong answers`, milliseconds for `latency`; 0 otherwise. */
  readonly amount: number;
  /** The step from which on it happens; 0 is from the deployment on. */
  readonly fromStep: number;
}

type FaultyRole = (typeof ROLES)[number];
export type FaultKind = "errors" | "wrong answers" | "latency" | "out of quota" | "deployment fails";

const ROLES = ["candidate", "stable"] as const;
const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
/** What may stand after the colon. */
const KINDS: readonly (readonly [kind: FaultKind, pattern: RegExp])[] = [
  ["errors", new RegExp(`^${NUMBER} ?% errors?$`)],
  ["wrong answers", new RegExp(`^${NUMBER} ?% wrong answers?$`)],
  ["latency", new RegExp(String.raw`^\+? ?${NUMBER} ?ms(?: latency)?$`)],
  ["out of quota", /^out of quota$/],
  ["deployment fails", /^deployment fails$/],
];
const ALLOWED = '"5 % errors", "3 % wrong answers", "+300 ms latency", "out of quota" or "deployment fails"';
/** Longer than the longest time that Azure lets a model take. */
const MOST_MS = 180_000;

/** All faults that were typed, or everything that is wrong with them. */
export function readFaults(texts: readonly string[]): {
  readonly faults: readonly RehearsedFault[];
  readonly violations: readonly Violation[];
} {
  const read = texts.map((text) => readFault(text));
  const faults = read.flatMap((each) => ("fault" in each ? [each.fault] : []));
  const violations = read.flatMap((each) => ("violation" in each ? [each.violation] : []));
  return { faults, violations: [...violations, ...repeated(faults)] };
}

/**
 * `candidate: 5 % errors from step 2`: who, what, and for what happens to requests from which step on; without one it
 * happens from the deployment on.
 */
function readFault(text: string): { readonly fault: RehearsedFault } | { readonly violation: Violation } {
  const wrong = (reason: string) => ({ violation: { path: pathOf(text), reason } });
  const [, role = "", rest = ""] = /^\s*([^:]*?)\s*:\s*(.*?)\s*$/.exec(text) ?? [];
  const who = ROLES.find((each) => each === role.toLowerCase());
  if (who === undefined) return wrong(`must begin with "candidate:" or "stable:", such as "candidate: 5 % errors"`);
  const [, what = "", step] = /^(.*?)(?:\s+from step (\d+))?$/i.exec(rest) ?? [];
  const words = what.toLowerCase().replaceAll(/\s+/g, " ");
  const [kind, pattern] = KINDS.find(([, each]) => each.test(words)) ?? [];
  if (kind === undefined || pattern === undefined)
    return wrong(
      `${JSON.stringify(what)} is not known; it must be ${ALLOWED}, with "from step 2" after the first three`,
    );
  const amount = Number(pattern.exec(words)?.[1] ?? 0);
  const fault = { text, who, kind, amount, fromStep: step === undefined ? 0 : Number(step) };
  const reason = amountProblem(fault) ?? stepProblem(fault, step) ?? roleProblem(fault);
  return reason === undefined ? { fault } : wrong(reason);
}

function amountProblem({ kind, amount }: RehearsedFault): string | undefined {
  if (kind === "latency" && !(amount >= 1 && amount <= MOST_MS))
    return `the latency must be 1 to ${MOST_MS} ms, got ${amount}`;
  const isShare = kind === "errors" || kind === "wrong answers";
  if (isShare && !(amount > 0 && amount <= 100)) return `the share must be above 0 and at most 100 %, got ${amount}`;
  return undefined;
}

function stepProblem({ kind, fromStep }: RehearsedFault, step: string | undefined): string | undefined {
  if (step === undefined) return undefined;
  if (isOfDeployment(kind)) return `${kind} happens before the first step; leave out "from step ${step}"`;
  return fromStep < 1 ? "steps are counted from 1; leave the step out for a fault from the deployment on" : undefined;
}

function roleProblem({ who, kind }: RehearsedFault): string | undefined {
  return who === "stable" && isOfDeployment(kind)
    ? "without a stable deployment there is nothing to rehearse; only the candidate's deployment may fail"
    : undefined;
}

/** Whether a fault happens to the deployment, and not to requests. */
export function isOfDeployment(kind: FaultKind): boolean {
  return kind === "out of quota" || kind === "deployment fails";
}

/** Two of a kind would add up to something that nobody has typed. */
function repeated(faults: readonly RehearsedFault[]): readonly Violation[] {
  return faults.flatMap(({ text, who, kind }, index) => {
    const first = faults.findIndex((each) => each.who === who && each.kind === kind);
    return first === index
      ? []
      : [
          {
            path: pathOf(text),
            reason: `${who} has ${kind} already, by ${pathOf(faults[first]?.text ?? "")}; give one`,
          },
        ];
  });
}

/** Faults that begin after the last step of the plan. */
export function faultsBeyond(faults: readonly RehearsedFault[], steps: number): readonly Violation[] {
  return faults
    .filter(({ fromStep }) => fromStep > steps)
    .map(({ text, fromStep }) => ({
      path: pathOf(text),
      reason: `the rollout has ${steps} ${steps === 1 ? "step" : "steps"}, got step ${fromStep}; name one from 1 to ${steps}`,
    }));
}

function pathOf(text: string): string {
  return `--fault ${JSON.stringify(text)}`;
}
