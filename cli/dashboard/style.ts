/** The colours of both themes; texts on their grounds have a contrast of 4.5 at least, lines of 3. */
const COLOURS = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f8; --card: #ffffff; --text: #1c2128; --quiet: #57606a; --border: #d5dbe1; --grid: #e4e8ec;
  --accent: #0b5cc1; --on-accent: #ffffff; --soft: #eef1f4; --bad: #b4162c; --bad-soft: #ffe9ea;
  --c0: #0b63ce; --c1: #c2410c; --c2: #0f766e; --c3: #a21caf; --c4: #7a5c00; --c5: #4b5563;
  --stable: #146c2e; --stable-soft: #dcf5e3; --waiting: #0b5cc1; --waiting-soft: #e0efff;
  --bake: #b7791f; --baking: #7a4a00; --baking-soft: #fff1cf; --progressing: #6a3bb5; --progressing-soft: #f1e8ff;
  --paused: #424a53; --paused-soft: #e6eaee;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --card: #151b23; --text: #eef3f8; --quiet: #9ba6b2; --border: #333b45; --grid: #262d36;
    --accent: #62aaff; --on-accent: #0b1420; --soft: #1f2630; --bad: #ff8f8f; --bad-soft: #43191d;
    --c0: #58a6ff; --c1: #ff9b57; --c2: #3ed2c1; --c3: #e48bf0; --c4: #e3b341; --c5: #aab4bf;
    --stable: #5fd57f; --stable-soft: #12331d; --waiting: #7ab8ff; --waiting-soft: #12294a;
    --bake: #d99a2b; --baking: #f0c36a; --baking-soft: #3a2c0c; --progressing: #c9a6ff; --progressing-soft: #2e2147;
    --paused: #b9c3ce; --paused-soft: #2a313a;
  }
}`;

const TEXT = `
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 20px 16px 32px; max-width: 1160px; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, p, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: 22px; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; }
h2 { font-size: 14px; font-weight: 600; }
h3 { font-size: 14px; font-weight: 600; }
code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
b { font-weight: 600; font-variant-numeric: tabular-nums; }
.quiet, .facts, .about, footer { color: var(--quiet); font-size: 13px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.card, #summary { background: var(--card); border: 1px solid var(--border); border-radius: 10px; padding: 16px 18px; }
main { display: grid; gap: 14px; margin-top: 14px; }
main > *, .plots { min-width: 0; }
footer { margin-top: 14px; padding: 0 4px; }
.icon { fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; flex: none; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 4px; background: var(--card); padding: 4px 8px; z-index: 1; }
.banner { background: var(--bad-soft); color: var(--bad); border: 1px solid; border-radius: 10px; padding: 8px 14px; margin-bottom: 14px; }
.banner:empty { display: none; }`;

const SUMMARY = `
#summary { display: grid; gap: 12px 32px; align-items: center; }
.who, .where { display: grid; gap: 10px; min-width: 0; }
@media (min-width: 900px) { #summary { grid-template-columns: 1fr 1fr; } }
.headline { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; }
.phase { display: inline-flex; gap: 6px; align-items: center; padding: 3px 12px 3px 8px; border-radius: 999px; font-weight: 600; }
.stable { color: var(--stable); background: var(--stable-soft); }
.waiting { color: var(--waiting); background: var(--waiting-soft); }
.baking { color: var(--baking); background: var(--baking-soft); }
.paused { color: var(--paused); background: var(--paused-soft); }
.progressing { color: var(--progressing); background: var(--progressing-soft); }
.degraded { color: var(--bad); background: var(--bad-soft); }
.message { font-size: 16px; }
.facts { display: flex; flex-wrap: wrap; gap: 2px 18px; }
.plan { display: grid; gap: 6px; font-size: 13px; color: var(--quiet); }
.plan ol { display: flex; border: 1px solid var(--border); border-radius: 8px; overflow: hidden; }
.plan li {
  flex: 1 1 auto; display: flex; gap: 5px; align-items: center; justify-content: center; padding: 5px 6px; text-align: center;
  font-variant-numeric: tabular-nums; line-height: 1.3; overflow-wrap: normal;
}
.plan li + li { border-left: 1px solid var(--border); }
.plan .done { background: var(--soft); color: var(--text); }
.plan .current { background: var(--accent); color: var(--on-accent); font-weight: 650; }
.bake { display: grid; gap: 6px; font-size: 13px; color: var(--quiet); }
.bake b { color: var(--text); }
progress { appearance: none; width: 100%; height: 6px; border: 0; border-radius: 3px; background: var(--soft); overflow: hidden; }
progress::-webkit-progress-bar { background: var(--soft); }
progress::-webkit-progress-value { background: var(--bake); border-radius: 4px; }
progress::-moz-progress-bar { background: var(--bake); border-radius: 4px; }
#next { display: grid; gap: 8px; }
.command { display: flex; gap: 8px; align-items: flex-start; }
.command code {
  flex: 1; min-width: 0; background: var(--soft); border: 1px solid var(--border); border-radius: 6px; padding: 7px 10px;
  white-space: pre-wrap;
}
button {
  display: none; font: inherit; font-size: 13px; color: var(--text); background: var(--card); border: 1px solid var(--border);
  border-radius: 6px; padding: 7px 14px; cursor: pointer; min-width: 76px;
}
.scripted button { display: block; }
button:hover { border-color: var(--accent); }
.unread { color: var(--bad); }
.unread, .unapplied, .gates, .awaited { font-size: 13px; }
.unread ul, .unapplied ul, .gates ul { list-style: disc; padding-left: 18px; }`;

const TABLE = `
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
#deployments { display: grid; gap: 8px; }
.deployments { width: 100%; }
.deployments th, .deployments td { text-align: left; padding: 9px 14px 9px 0; font-weight: 400; vertical-align: middle; }
.deployments thead th { font-size: 13px; color: var(--quiet); padding-block: 0 4px; }
.deployments tbody tr { border-top: 1px solid var(--border); }
.deployments tbody th bdi { font-weight: 600; margin-left: 4px; }
.deployments .number { text-align: right; }
.deployments tr > :last-child { padding-right: 0; }
.differs { color: var(--bad); font-weight: 600; }
.none { color: var(--quiet); }
.bar { vertical-align: middle; margin-right: 6px; }
.bar .track { fill: var(--soft); }
.bar .filled { fill: var(--quiet); }
@media (max-width: 720px) {
  .deployments, .deployments tbody, .deployments tr, .deployments th, .deployments td { display: block; }
  .deployments thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .deployments tbody tr { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 6px 12px; padding: 10px 0; }
  .deployments tbody tr:first-child { border-top: 0; padding-top: 0; }
  .deployments th[role="rowheader"] { grid-column: 1 / -1; padding: 0; }
  .deployments td:nth-child(2) { grid-column: 1 / -1; display: flex; gap: 8px; align-items: center; }
  .deployments tbody td:nth-child(2)::before { display: inline; }
  .deployments td:nth-child(2) .bar { flex: 1; margin: 0; }
  .deployments td, .deployments td.number { padding: 0; text-align: left; }
  .deployments td::before { content: attr(data-label); display: block; font-size: 12px; color: var(--quiet); }
}
.scrolled { overflow-x: auto; max-height: 420px; overflow-y: auto; margin-top: 8px; }
.numbers-table { font-size: 13px; }
.numbers-table th, .numbers-table td { padding: 3px 12px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--grid); font-weight: 400; }
.numbers-table thead th { color: var(--quiet); }
.numbers-table th[scope="colgroup"] { text-align: center; font-weight: 600; color: var(--text); }
summary { cursor: pointer; font-size: 13px; color: var(--quiet); width: fit-content; }`;

const PLOTS = `
.over-time { display: grid; gap: 14px; }
.plots { display: grid; gap: 16px; border-radius: 6px; touch-action: pan-y; }
.plot-head { display: flex; flex-wrap: wrap; gap: 2px 22px; align-items: baseline; margin-bottom: 4px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: 13px; }
.legend b { min-width: 3em; }
.legend li { display: inline-flex; gap: 6px; align-items: center; }
.plot-body { display: grid; grid-template-columns: 56px minmax(0, 1fr); }
.plots svg { display: block; overflow: visible; }
.plots .swatch { display: inline-block; flex: none; overflow: hidden; }
svg text { font-size: 12px; fill: var(--quiet); font-variant-numeric: tabular-nums; }
.scale text, .zone { text-anchor: end; }
.times text { text-anchor: middle; }
.zone { font-size: 12px; color: var(--quiet); text-align: right; padding-right: 8px; }
.grid { stroke: var(--grid); shape-rendering: crispEdges; }
.numbers .step rect { fill: var(--card); stroke: var(--quiet); }
.numbers .step text { text-anchor: middle; font-weight: 600; fill: var(--text); }
.numbers .failed rect { stroke: var(--bad); stroke-width: 2; }
.numbers .failed text { fill: var(--bad); }
.step-line { stroke: var(--quiet); stroke-dasharray: 2 3; }
.cursor { stroke: var(--text); visibility: hidden; }
.cursor.at { visibility: visible; }
.c0 { --c: var(--c0); } .c1 { --c: var(--c1); } .c2 { --c: var(--c2); }
.c3 { --c: var(--c3); } .c4 { --c: var(--c4); } .c5 { --c: var(--c5); }
.line { fill: none; stroke: var(--c); stroke-width: 2.25; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.l1 .line { stroke-dasharray: 7 4; }
.l2 .line { stroke-dasharray: 2 4; }
.l3 .line { stroke-dasharray: 10 3 2 3; }
.line.thin { stroke-width: 1.1; }
.mirror { stroke: var(--c); stroke-width: 2; stroke-dasharray: 1 5; stroke-linecap: round; }
.end { fill: var(--card); stroke: var(--c); stroke-width: 2; }
.tint { fill: var(--c); opacity: 0.16; }
.hatch { stroke: var(--c); opacity: 0.45; }
.dot { fill: var(--c); opacity: 0.45; }
.weight { shape-rendering: crispEdges; }
text.in-area { fill: var(--text); font-weight: 600; text-anchor: middle; paint-order: stroke; stroke: var(--card); stroke-width: 4px; }
text.empty { text-anchor: middle; }
.steps { display: grid; gap: 4px; font-size: 14px; }
.steps li { display: grid; grid-template-columns: 22px auto 1fr; gap: 8px; align-items: baseline; }
.steps .number { text-align: center; border: 1px solid var(--quiet); border-radius: 999px; font-size: 12px; font-weight: 600; line-height: 18px; }
.steps time, .steps q { color: var(--quiet); font-variant-numeric: tabular-nums; }
.steps .failed { color: var(--bad); }
.over-time-head { display: flex; flex-wrap: wrap; gap: 2px 16px; align-items: baseline; }
.readout { display: none; font-size: 13px; color: var(--quiet); font-variant-numeric: tabular-nums; }
.scripted .readout { display: block; }
.readout.at { color: var(--text); font-weight: 600; }
@media (max-width: 720px) {
  body { padding: 10px 8px 24px; }
  .card, #summary { padding: 12px; }
  .plot-body { grid-template-columns: 50px minmax(0, 1fr); }
  .scale { width: 50px; transform: translateX(-6px); }
  .scale text { font-size: 11px; }
  .extra { display: none; }
}
@media print { body { max-width: none; background: none; } button, .readout { display: none !important; } }
@media (forced-colors: active) { .phase, .plan .current { border: 1px solid; } }`;

/** The style of the page. */
export const STYLE = `${COLOURS}${TEXT}${SUMMARY}${TABLE}${PLOTS}\n`;
