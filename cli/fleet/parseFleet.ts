import { resolve } from "node:path";
import { LineCounter, isMap as isMapNode, isNode, isSeq, parseDocument } from "yaml";
import type { Document } from "yaml";
import { nearest } from "../../components/values/nearest";
import { isMap } from "../../components/values/shape";
import { show } from "../../components/values/violation";
import type { Fleet, FleetMember, FleetWave, WaveGoal, WaveStart } from "./fleet";

/** Something wrong in a fleet file. */
export interface FleetProblem {
  /** From 1 upwards. */
  readonly line: number;
  /** Such as `waves[1].after`. */
  readonly path: string;
  readonly reason: string;
}

const CONCURRENCY = { default: 4, most: 16 } as const;
const MOST_MINUTES = 10_080;
const KEYS = ["concurrency", "waves"];
const WAVE_KEYS = ["after", "minutes", "endpoints"];
const MEMBER_KEYS = ["project", "stack", "component"];

type Path = readonly (string | number)[];
type Values = Readonly<Record<string, unknown>>;

/**
 * Reads a fleet file.
 *
 * @param folder - that the paths of projects are relative to
 * @param isProject - whether a folder has a Pulumi project
 * @returns all that is wrong, and a fleet that is only to be used when that is nothing
 */
export function parseFleet(
  text: string,
  folder: string,
  isProject: (folder: string) => boolean,
): { readonly fleet: Fleet; readonly problems: readonly FleetProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problems: FleetProblem[] = document.errors.map(({ linePos, message }) => ({
    line: linePos?.[0].line ?? 1,
    path: "the file",
    reason: `is not valid YAML: ${message.split(" at line")[0]}`,
  }));
  const reader = new FleetReader(document, lines, folder, isProject, problems);
  const fleet = problems.length > 0 ? { concurrency: 1, waves: [] } : reader.fleet(document.toJS());
  return { fleet, problems: problems.toSorted((a, b) => a.line - b.line) };
}

class FleetReader {
  private readonly seen = new Map<string, string>();

  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
    private readonly folder: string,
    private readonly isProject: (folder: string) => boolean,
    private readonly problems: FleetProblem[],
  ) {}

  fleet(value: unknown): Fleet {
    const { concurrency, waves } = this.map([], value, KEYS, "with the list waves");
    const count = this.whole(["concurrency"], concurrency, 1, CONCURRENCY.most, CONCURRENCY.default);
    const list = this.list(["waves"], waves, "waves, each with the list endpoints");
    return { concurrency: count, waves: list.map((wave, index) => this.wave(["waves", index], wave, index === 0)) };
  }

  private wave(path: Path, value: unknown, isFirst: boolean): FleetWave {
    const { after, minutes, endpoints } = this.map(path, value, WAVE_KEYS, "with the list endpoints");
    const members = this.list([...path, "endpoints"], endpoints, "endpoints, each with a stack").map((member, index) =>
      this.member([...path, "endpoints", index], member),
    );
    if (isFirst) {
      for (const [key, given] of Object.entries({ after, minutes }))
        if (given !== undefined) this.wrong([...path, key], "the first wave starts at once; remove it");
      return { start: undefined, members };
    }
    const start: WaveStart = {
      after: this.goal([...path, "after"], after),
      minutes: this.whole([...path, "minutes"], minutes, 0, MOST_MINUTES, 0),
    };
    return { start, members };
  }

  private member(path: Path, value: unknown): FleetMember {
    const { project, stack, component } = this.map(path, value, MEMBER_KEYS, "with a stack");
    if (!isMap(value)) return { id: "", cwd: this.folder, stack: "" };
    const cwd = resolve(this.folder, this.text([...path, "project"], project ?? "."));
    if (!this.isProject(cwd))
      this.wrong(
        [...path, project === undefined ? "stack" : "project"],
        `no Pulumi project in ${cwd}; set project to the folder of its Pulumi.yaml`,
      );
    const name = this.text([...path, "stack"], stack);
    const own = component === undefined ? undefined : this.text([...path, "component"], component);
    const place = project === undefined || project === "." ? "" : `${show(project).replaceAll('"', "")}/`;
    const id = `${place}${name}${own === undefined ? "" : `/${own}`}`;
    const key = `${cwd} ${name} ${own ?? ""}`;
    const before = this.seen.get(key);
    if (before !== undefined && name !== "")
      this.wrong(path, `${id} is named at ${before} already; an endpoint is in one wave`);
    this.seen.set(key, pathText(path));
    return { id, cwd, stack: name, ...(own !== undefined && { component: own }) };
  }

  private goal(path: Path, value: unknown): WaveGoal {
    if (value === undefined || value === "done") return "done";
    if (value === "start") return "start";
    const [, step] = /^step ([1-9]\d?)$/.exec(typeof value === "string" ? value : "") ?? [];
    if (step !== undefined) return { step: Number(step) };
    this.wrong(path, `must be done, start, or a step such as "step 2", of the wave before; got ${show(value)}`);
    return "done";
  }

  private map(path: Path, value: unknown, keys: readonly string[], what: string): Values {
    if (!isMap(value)) {
      this.wrong(path, `must be a map ${what}, got ${show(value)}`);
      return {};
    }
    for (const key of Object.keys(value).filter((each) => !keys.includes(each))) {
      const meant = nearest(key, keys);
      this.wrong(
        [...path, key],
        `no such key; ${meant === undefined ? `it may be ${keys.join(", ")}` : `did you mean ${meant}?`}`,
      );
    }
    return value;
  }

  private list(path: Path, value: unknown, what: string): readonly unknown[] {
    if (Array.isArray(value) && value.length > 0) return value;
    this.wrong(path, `must be a list of ${what}, got ${value === undefined ? "nothing" : show(value)}`);
    return [];
  }

  private text(path: Path, value: unknown): string {
    if (typeof value === "string" && value.trim() !== "") return value;
    this.wrong(path, `must be a text, got ${value === undefined ? "nothing" : show(value)}`);
    return "";
  }

  private whole(path: Path, value: unknown, least: number, most: number, otherwise: number): number {
    if (value === undefined) return otherwise;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    this.wrong(path, `must be a whole number from ${least} to ${most}, got ${show(value)}`);
    return otherwise;
  }

  private wrong(path: Path, reason: string): void {
    this.problems.push({ line: this.lineOf(path), path: pathText(path), reason });
  }

  /** The line of a value, or of what it would stand in. */
  private lineOf(path: Path): number {
    for (let length = path.length; length >= 0; length -= 1) {
      const parent = this.document.getIn(path.slice(0, length - 1), true);
      const key = path[length - 1];
      const pair = isMapNode(parent) ? parent.items.find((item) => String(item.key) === key) : undefined;
      const node =
        length > 0 && isMapNode(parent)
          ? pair?.key
          : isSeq(parent)
            ? parent.items[Number(key)]
            : this.document.contents;
      const start = isNode(node) ? node.range?.[0] : undefined;
      if (start !== undefined) return this.lines.linePos(start).line;
    }
    return 1;
  }
}

function pathText(path: Path): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  return text.replace(/^\./, "") || "the file";
}
