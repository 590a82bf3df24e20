import type { DeploymentView, RolloutView } from "../view/rolloutView";
import { milliseconds, percent, rate } from "./format";
import { html } from "./html";
import type { Html } from "./html";
import { swatch } from "./icons";
import { weightText } from "./summary";
import type { Timeline } from "./timeline";

const NONE = html`<span class="none" aria-hidden="true">–</span><span class="unseen">not known</span>`;

interface Column {
  readonly title: string;
  readonly isNumber?: true;
  readonly cell: (deployment: DeploymentView) => Html;
}

const COLUMNS: readonly Column[] = [
  { title: "Weight", cell: weightCell },
  { title: "State", cell: ({ state }) => (state === undefined ? html`not there` : html`${state}`) },
  { title: "Instances", isNumber: true, cell: ({ instances }) => known(instances, String) },
  { title: "Requests/min", isNumber: true, cell: ({ metrics }) => known(metrics?.requestsPerMinute, rate) },
  { title: "Errors", isNumber: true, cell: ({ metrics }) => known(metrics?.errorPercent, percent) },
  { title: "p50", isNumber: true, cell: ({ metrics }) => known(metrics?.p50, milliseconds) },
  { title: "p95", isNumber: true, cell: ({ metrics }) => known(metrics?.p95, milliseconds) },
];

/** The deployments as a table; on a narrow screen each of them is a card, with the same roles. */
export function deploymentTable({ deployments }: RolloutView, { tracks }: Timeline): Html {
  if (deployments.length === 0)
    return html`<h2 id="deployments-title">Deployments</h2>
      <p>There are none yet.</p>`;
  const minutes = deployments.find(({ metrics }) => metrics !== undefined)?.metrics?.minutes;
  const slotOf = (name: string): number => tracks.find((track) => track.name === name)?.slot ?? 0;
  return html`<h2 id="deployments-title">Deployments</h2>
    <table role="table" aria-labelledby="deployments-title" class="deployments">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Deployment</th>
          ${COLUMNS.map(({ title, isNumber }) => {
            return html`<th role="columnheader" scope="col" class="${isNumber ? "number" : ""}">${title}</th> `;
          })}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${deployments.map((deployment) => row(deployment, slotOf(deployment.name)))}
      </tbody>
    </table>
    ${minutes === undefined ? undefined : html`<p class="quiet">Requests of the last ${minutes} minutes.</p>`}`;
}

function row(deployment: DeploymentView, slot: number): Html {
  const { name, role, modelVersion } = deployment;
  const version = modelVersion === undefined ? "" : `version ${modelVersion}`;
  const about = [role === "other" ? "" : role, version].filter((text) => text !== "").join(", ");
  return html`<tr role="row">
    <th role="rowheader" scope="row">
      ${swatch(slot)} <bdi>${name}</bdi>${about === "" ? undefined : html` <span class="about">${about}</span>`}
    </th>
    ${COLUMNS.map(({ title, isNumber, cell }) => {
      const style = isNumber ? "number" : "";
      return html`<td role="cell" class="${style}" data-label="${title}">${cell(deployment)}</td> `;
    })}
  </tr>`;
}

function weightCell(deployment: DeploymentView): Html {
  const { live, declared } = deployment;
  const differs = declared !== undefined && declared !== live;
  return html`<svg class="bar" width="64" height="8" aria-hidden="true">
      <rect class="track" width="100%" height="8" rx="4" />
      <rect class="filled" width="${live}%" height="8" rx="4" />
    </svg>
    <span class="${differs ? "differs" : ""}">${weightText(deployment)}</span>`;
}

function known(value: number | undefined, format: (value: number) => string): Html {
  return value === undefined ? NONE : html`${format(value)}`;
}
