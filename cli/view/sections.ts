import { printable, widthOf, wrap } from "../terminal/columns";
import type { Style, Tone } from "../terminal/style";
import type { AwaitedView, DeploymentView, GateView, Phase, RolloutView } from "./rolloutView";
import { table } from "./table";
import { clock, clockSeconds, countdown, span } from "./times";

/** How a view is drawn. */
export interface Drawing {
  /** Columns of the terminal. */
  readonly width: number;
  readonly style: Style;
  /** The time that what is left is counted from. */
  readonly now: Date;
}

const TONES: Readonly<Record<Phase, Tone>> = {
  stable: "good",
  waiting: "busy",
  paused: "busy",
  baking: "busy",
  progressing: "busy",
  degraded: "bad",
};

/** Columns of the words before a line. */
const LABEL = 9;

/** Which rollout, its phase, and where it is in its plan. */
export function titleLines(view: RolloutView, { width, style, now }: Drawing): readonly string[] {
  const { endpoint, phase, plan, stack, component, at } = view;
  const name = endpoint.name === "" ? "no endpoint yet" : printable(endpoint.name);
  const title = `${style("strong", name)}  ${style(TONES[phase], phase)}`;
  const where = plan === undefined ? [] : [plan.text];
  const isOneLine = widthOf(`${name}  ${phase}  ${where.join("")}`) <= width;
  const parts = [stack, ...(component === "" ? [] : [`component ${component}`]), `read ${clockSeconds(at, now)}`];
  return [
    ...(isOneLine ? [[title, ...where].join("  ")] : [title, ...where.flatMap((text) => wrap(text, width))]),
    ...wrap(printable(parts.join(", ")), width).map((line) => style("faint", line)),
  ];
}

/** Why the phase is what it is. */
export function messageLines({ phase, message }: RolloutView, { width, style }: Drawing): readonly string[] {
  return wrap(printable(message), width).map((line) => style(phase === "degraded" ? "bad" : "strong", line));
}

/** What is declared and live of each deployment. */
export function deploymentLines(view: RolloutView, { width, style }: Drawing): readonly string[] {
  const { deployments } = view;
  if (deployments.length === 0) return [];
  const cells = (text: (deployment: DeploymentView) => string): readonly string[] => deployments.map(text);
  const hasMirror = deployments.some(({ mirror }) => mirror > 0);
  const [title = "", ...rows] = table(
    [
      { title: "DEPLOYMENT", cells: cells(({ name }) => printable(name)) },
      { title: "ROLE", cells: cells(({ role }) => role) },
      { title: "MODEL", cells: cells(({ modelVersion }) => printable(modelVersion ?? "?")) },
      { title: "DECLARED", isNumber: true, cells: cells(({ declared }) => percent(declared)) },
      { title: "LIVE", isNumber: true, cells: cells(({ live }) => percent(live)) },
      ...(hasMirror ? [{ title: "MIRROR", isNumber: true, cells: cells(({ mirror }) => percent(mirror)) }] : []),
      { title: "STATE", cells: cells(({ state }) => printable(state ?? "none")) },
      { title: "INSTANCES", isNumber: true, cells: cells(({ instances }) => String(instances ?? "-")) },
    ],
    width,
  );
  return [style("faint", title), ...rows.map((row, index) => toned(row, deployments[index], style))];
}

/** What Azure Monitor says of the deployments that get requests. */
export function metricsLines(view: RolloutView, { width, style }: Drawing): readonly string[] {
  const seen = view.deployments.flatMap(({ name, live, mirror, metrics }) =>
    metrics !== undefined && (live > 0 || mirror > 0 || metrics.requestsPerMinute > 0) ? [{ name, metrics }] : [],
  );
  const [first] = seen;
  if (first === undefined) return [];
  const milliseconds = (value: number | undefined): string => (value === undefined ? "-" : `${Math.round(value)} ms`);
  const [title = "", ...rows] = table(
    [
      { title: `LAST ${first.metrics.minutes} MIN`, cells: seen.map(({ name }) => printable(name)) },
      {
        title: "REQUESTS/MIN",
        isNumber: true,
        cells: seen.map(({ metrics }) => rate(metrics.requestsPerMinute)),
      },
      { title: "ERRORS", isNumber: true, cells: seen.map(({ metrics }) => errors(metrics.errorPercent)) },
      { title: "P50", isNumber: true, cells: seen.map(({ metrics }) => milliseconds(metrics.p50)) },
      { title: "P95", isNumber: true, cells: seen.map(({ metrics }) => milliseconds(metrics.p95)) },
    ],
    width,
  );
  return [style("faint", title), ...rows];
}

/** The plan, what is awaited, what comes next and how. */
export function nextLines(view: RolloutView, drawing: Drawing): readonly string[] {
  const { style } = drawing;
  const { plan, gates = [], bake, awaited, unapplied = [], next, missing } = view;
  return [
    ...labelled("plan", plan && describePlan(view), drawing),
    ...labelled("config", unapplied.length === 0 ? undefined : `asks for ${unapplied.join(", ")}`, drawing),
    ...labelled("bake", bake && describeBake(bake, drawing), drawing),
    ...labelled("awaits", bake === undefined && awaited ? describeWait(awaited, drawing) : undefined, drawing),
    ...gates.flatMap((gate, index) => labelled(index === 0 ? "gates" : "", describeAsked(gate), drawing)),
    ...labelled("next", next.text, drawing),
    ...(next.command === undefined ? [] : [style("strong", `  $ ${printable(next.command)}`)]),
    ...missing.flatMap((line) => labelled("missing", line, drawing)),
  ];
}

/** `deployment model-2 (Creating), since 14:02 UTC, usually 10 to 20 min`. */
export function describeAwaited({ what, since, usual, until }: AwaitedView, now: Date): string {
  return [
    what,
    ...(since === undefined ? [] : [`since ${clock(since, now)}`]),
    ...(usual === undefined ? [] : [`usually ${usual}`]),
    ...(until === undefined ? [] : [`until ${clock(until, now)}`]),
  ].join(", ");
}

/** The same, with how long it has taken. */
function describeWait(awaited: AwaitedView, { now }: Drawing): string {
  const { since } = awaited;
  const elapsed = since === undefined ? "" : `; ${span(now.getTime() - Date.parse(since))} by now`;
  return `${describeAwaited(awaited, now)}${elapsed}`;
}

function describeBake({ until, minutes }: NonNullable<RolloutView["bake"]>, { now }: Drawing): string {
  const left = Date.parse(until) - now.getTime();
  return left <= 0
    ? `${span(minutes * 60_000)} are over`
    : `${countdown(left)} of ${span(minutes * 60_000)} left, until ${clock(until, now)}`;
}

/** `errors, at the last step pass: 0.4 % of 480 requests failed, at most 1 %`. */
export function describeAsked({ gate, dryRun, asks, last }: GateView): string {
  const name = `${gate}${dryRun ? " (dry run)" : ""}`;
  return last === undefined ? `${name}: ${asks}` : `${name}, at the last step ${last.verdict}: ${last.numbers}`;
}

/** `mirror 10 %, 10 %, 25 % (now), 50 %, 100 %`. */
function describePlan({ plan, deployments }: RolloutView): string {
  const { live = 0, mirror = 0 } = deployments.find(({ role }) => role === "candidate") ?? {};
  const stages = plan?.stages ?? [];
  const isMirrorNow = live === 0 && mirror > 0;
  const texts = stages.map(({ kind, percent: share }) => {
    const isNow = kind === "mirror" ? isMirrorNow : share === live;
    return `${kind === "mirror" ? "mirror " : ""}${share} %${isNow ? " (now)" : ""}`;
  });
  const isPlanned = live === 0 || stages.some(({ kind, percent: share }) => kind === "weight" && share === live);
  return isPlanned ? texts.join(", ") : `${texts.join(", ")}; now ${live} %`;
}

function labelled(label: string, text: string | undefined, { width, style }: Drawing): readonly string[] {
  if (text === undefined) return [];
  return wrap(printable(text), width - LABEL).map((line, index) =>
    index === 0 ? `${style("faint", label.padEnd(LABEL))}${line}` : `${" ".repeat(LABEL)}${line}`,
  );
}

/** Only what is not as it should be stands out. */
function toned(row: string, deployment: DeploymentView | undefined, style: Style): string {
  const { state, declared, live } = deployment ?? {};
  if (state === "Failed" || state === "Canceled") return style("bad", row);
  return declared === undefined || declared === live ? row : style("busy", row);
}

function percent(value: number | undefined): string {
  return value === undefined ? "-" : `${value} %`;
}

function rate(value: number): string {
  return value > 0 && value < 10 ? value.toFixed(1) : String(Math.round(value));
}

/** One request of many is not shown as none. */
function errors(value: number): string {
  return value > 0 && value < 0.05 ? "<0.1 %" : `${value.toFixed(1)} %`;
}
