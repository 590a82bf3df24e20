/** What the page does by itself: it shows nothing that is not there without it, and asks for nothing but its own events. */
export const SCRIPT = `
(() => {
  "use strict";
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  root.classList.add("scripted");

  const say = (text) => {
    const place = byId("announcement");
    if (place.textContent !== text) place.textContent = text;
  };

  // Copy a command.
  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copies]");
    if (button === null) return;
    const source = byId(button.dataset.copies);
    let copied = false;
    try {
      await navigator.clipboard.writeText(source.textContent);
      copied = true;
    } catch {
      select(source);
      copied = document.execCommand("copy");
    }
    button.textContent = copied ? "Copied" : "Selected";
    say(copied ? "The command is copied" : "The command is selected");
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });

  // Read values at a place of the plots, 0 to 1 of their width: the legends show those of the row in the table.
  const plots = byId("plot-group");
  const readout = byId("readout");
  const hint = readout.textContent;
  let place;
  const rows = () => [...document.querySelectorAll("tr[data-place]")];
  const valueIn = (row, of, what) =>
    [...row.querySelectorAll("td")].find((cell) => cell.dataset.of === of && cell.dataset.what === what)?.textContent;
  const showPlace = () => {
    const all = place === undefined ? [] : rows();
    const row = all[Math.min(Math.floor(place * all.length), all.length - 1)];
    for (const line of document.querySelectorAll("line.cursor")) {
      line.classList.toggle("at", row !== undefined);
      if (row !== undefined) for (const end of ["x1", "x2"]) line.setAttribute(end, row.dataset.place + "%");
    }
    for (const value of document.querySelectorAll("b[data-what]")) {
      value.dataset.now ??= value.textContent;
      const { of, what, now } = value.dataset;
      const values = what.split(" / ").map((each) => row && valueIn(row, of, each)).filter((text) => text);
      value.textContent = row === undefined ? now : values.join(" / ") || "–";
    }
    readout.classList.toggle("at", row !== undefined);
    readout.textContent = row === undefined ? hint : row.querySelector("th").textContent + " UTC";
    return row;
  };
  const sayRow = (row) => {
    const cells = [...row.querySelectorAll("td")].filter((cell) => cell.textContent !== "");
    const said = cells.map(({ dataset: { of, what }, textContent }) => of + " " + what + " " + textContent);
    say([row.querySelector("th").textContent, ...said].join(", "));
  };
  plots.addEventListener("pointermove", (event) => {
    const box = document.querySelector("svg.area").getBoundingClientRect();
    const at = (event.clientX - box.left) / box.width;
    place = at >= 0 && at <= 1 ? at : undefined;
    showPlace();
  });
  const leave = () => {
    place = undefined;
    showPlace();
  };
  plots.addEventListener("pointerleave", leave);
  plots.addEventListener("blur", leave);
  plots.addEventListener("keydown", (event) => {
    const count = rows().length;
    const now = place === undefined ? count : Math.floor(place * count);
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: count - 1, Escape: undefined }[event.key];
    if (next === undefined && event.key !== "Escape") return;
    event.preventDefault();
    place = next === undefined ? undefined : (Math.min(Math.max(next, 0), count - 1) + 0.5) / count;
    const row = showPlace();
    if (row !== undefined) sayRow(row);
  });

  // Live: what has changed comes as pieces of the page.
  const { stream } = root.dataset;
  if (stream === undefined) return;
  const events = new EventSource(stream);
  const connection = byId("connection");
  events.addEventListener("open", () => (connection.textContent = ""));
  events.addEventListener("error", () => {
    connection.textContent = "Not connected: mlflow-rollout dashboard has ended or cannot be reached. This is what it saw last.";
  });
  events.addEventListener("view", ({ data }) => {
    const { title, announcement, fragments } = JSON.parse(data);
    const focused = document.activeElement?.id;
    for (const [id, html] of Object.entries(fragments)) byId(id).innerHTML = html;
    if (focused && document.activeElement?.id !== focused) byId(focused)?.focus({ preventScroll: true });
    document.title = title;
    say(announcement);
    showPlace();
  });
})();
`;
