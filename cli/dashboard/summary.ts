import type { DeploymentView, RolloutView } from "../view/rolloutView";
import { describeAsked } from "../view/sections";
import { span } from "../view/times";
import { percent, timeOf } from "./format";
import { html } from "./html";
import type { Html } from "./html";
import { CHECK, phaseIcon } from "./icons";

/** The title of the page: `baking · model-2 25 % · heart-x7k2p`. */
export function titleOf({ phase, deployments, endpoint }: RolloutView): string {
  const candidate = deployments.find(({ role }) => role === "candidate");
  const weight = candidate && `${candidate.name} ${percent(candidate.live)}`;
  return [phase, weight, endpoint.name].filter((part) => part !== undefined).join(" · ");
}

/** What a screen reader is told when it changes. */
export function announcementOf({ phase, message, plan, deployments }: RolloutView): string {
  const weights = deployments.map(({ name, live }) => `${name} ${percent(live)}`).join(", ");
  return [phase, message, plan?.text, weights].filter((part) => part !== undefined && part !== "").join("; ");
}

/** The head of the page: which rollout, how it is, and where it is in its plan. */
export function summary(view: RolloutView): Html {
  const { endpoint, phase, message, stack, component, at, changedAt } = view;
  const facts = [
    html`<bdi>${stack}</bdi>`,
    html`component <bdi>${component}</bdi>`,
    endpoint.state === undefined ? html`there is no endpoint yet` : html`endpoint ${endpoint.state}`,
    ...(changedAt === undefined ? [] : [html`weights written ${ago(changedAt, at)}`]),
    html`seen at <time datetime="${at}">${timeOf(Date.parse(at), "second")}</time> UTC`,
  ];
  const progress = [planLine(view), bakeLine(view) ?? awaitedLine(view)].filter((line) => line !== undefined);
  return html`<div class="who">
      <div class="headline">
        <h1><bdi>${endpoint.name}</bdi></h1>
        <p class="phase ${phase}">${phaseIcon(phase)} ${phase}</p>
      </div>
      <p class="message"><bdi>${message}</bdi></p>
      <ul class="facts">
        ${facts.map((fact) => html`<li>${fact}</li> `)}
      </ul>
    </div>
    ${progress.length === 0 ? undefined : html`<div class="where">${progress}</div>`}`;
}

function planLine({ plan, deployments }: RolloutView): Html | undefined {
  if (plan === undefined) return undefined;
  const mirrored = deployments.some(({ mirror }) => mirror > 0);
  const weights = plan.stages.filter(({ kind }) => kind === "weight");
  const stages = plan.stages.map((stage) => {
    const isMirror = stage.kind === "mirror";
    const reached = isMirror ? mirrored || plan.step > 0 : weights.indexOf(stage) < plan.step;
    const isCurrent = isMirror ? mirrored && plan.step === 0 : weights.indexOf(stage) === plan.step - 1;
    const label = isMirror ? `mirror ${percent(stage.percent)}` : percent(stage.percent);
    if (isCurrent) return html`<li class="current" aria-current="step">${label}</li>`;
    if (!reached) return html`<li>${label}</li>`;
    return html`<li class="done">${CHECK}<span class="unseen">done: </span>${label}</li>`;
  });
  return html`<div class="plan">
    <p id="plan-text">Plan: ${plan.text}</p>
    <ol aria-labelledby="plan-text">
      ${stages}
    </ol>
  </div>`;
}

function bakeLine({ bake, at }: RolloutView): Html | undefined {
  if (bake === undefined) return undefined;
  const [since, until, now] = [bake.since, bake.until, at].map((time) => Date.parse(time)) as [number, number, number];
  const left = Math.max(0, until - now);
  const text =
    left === 0
      ? html`Bake time of ${span(until - since)} is over since ${timeOf(until)} UTC`
      : html`Bake time: <b>${span(left)}</b> of ${span(until - since)} left, until ${timeOf(until)} UTC`;
  const done = Math.min(Math.max(now - since, 0), until - since);
  return html`<div class="bake">
    <p id="bake-text">${text}</p>
    <progress aria-labelledby="bake-text" max="${Math.max(until - since, 1)}" value="${done}"></progress>
  </div>`;
}

/** What Azure or an update still works at. */
function awaitedLine({ awaited, at }: RolloutView): Html | undefined {
  if (awaited === undefined) return undefined;
  const { what, since, usual } = awaited;
  const passed = since === undefined ? "" : `, for ${span(Date.parse(at) - Date.parse(since))}`;
  return html`<p class="awaited">
    Waiting for <bdi>${what}</bdi>${passed}${usual === undefined ? "" : ` (${usual})`}
  </p>`;
}

function ago(then: string, now: string): string {
  const ms = Date.parse(now) - Date.parse(then);
  return ms < 1000 ? "just now" : `${span(ms)} ago`;
}

/** What comes next, what could not be read, and the command for it. */
export function nextStep(
  { next, missing, gates = [], unapplied = [] }: RolloutView,
  alsoUnread: readonly string[],
): Html {
  const { text, command } = next;
  const lines = [...new Set([...missing, ...alsoUnread])];
  return html`<h2 id="next-title">Next</h2>
    <p><bdi>${text}</bdi></p>
    ${unapplied.length === 0 ? undefined : listOf("unapplied", "Stack config asks for:", unapplied)}
    ${gates.length === 0 ? undefined : listOf("gates", "The next step asks these gates:", gates.map(describeAsked))}
    ${command === undefined ? undefined : commandBox(command)}${lines.length === 0 ? undefined : listOf("unread", "Not everything could be read:", lines)}`;
}

function commandBox(command: string): Html {
  return html`<div class="command">
    <code id="command" tabindex="0" role="group" aria-label="Command">${command}</code>
    <button type="button" data-copies="command">Copy</button>
  </div>`;
}

function listOf(id: string, title: string, lines: readonly string[]): Html {
  return html`<div class="${id}">
    <p id="${id}-text">${title}</p>
    <ul aria-labelledby="${id}-text">
      ${lines.map((line) => html`<li><bdi>${line}</bdi></li> `)}
    </ul>
  </div>`;
}

/** `90 %`, `10 % live, 25 % declared`, and what is copied. */
export function weightText({ live, declared, mirror }: DeploymentView): string {
  const weight =
    declared === undefined || declared === live
      ? percent(live)
      : `${percent(live)} live, ${percent(declared)} declared`;
  return mirror > 0 ? `${weight}, ${percent(mirror)} copied` : weight;
}
