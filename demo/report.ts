import { stripVTControlCharacters, styleText } from "node:util";
import { plot } from "simple-ascii-chart";
import { BLUE, GREEN } from "../driver/article";
import { wilsonInterval } from "../components/values/wilsonInterval";
import type { OperationResult } from "../driver/stack";
import type { DemoStepReport } from "./walk";

/** `azure-mlflow-rollout:index:ProgressiveMlflowEndpoint heart` without the part that every line repeats. */
const SHORT_TYPE = /^(azure-native:|azure-mlflow-rollout:index:|random:index\/\w+:)/;
const SIGNS: Readonly<Record<string, string>> = { create: "+", update: "~", delete: "-" };

export function heading(step: number, name: string, command: string): string {
  return `\n${bold(`${step}. ${name}`)}\n   $ ${command}`;
}

/** What a preview says: the resources by what happens to them, then the component's own words. */
export function previewLines({ steps, text }: OperationResult): string {
  const counts = new Map<string, number>();
  for (const step of steps) {
    const [op = "", type = "", name = ""] = step.split(" ");
    if (type.startsWith("pulumi:")) continue;
    const shown = type.endsWith(":Blob") ? "model files" : name;
    const line = `${SIGNS[op] ?? op} ${op} ${type.replace(SHORT_TYPE, "")} ${shown}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const resources = [...counts].map(([line, count]) => (count > 1 ? `${line} (${count})` : line));
  return indent([...resources, ...weightChanges(text), ...rolloutLines(text)]);
}

/** The numbers of a step. */
export function reportLines(report: DemoStepReport, seconds: string): string {
  const { requests, failed, armWrites } = report;
  return indent([
    trafficLine(report),
    ...splitLines(report),
    `${requests} requests, ${failed} failed; ${armWrites} ARM writes; ${seconds} s`,
  ]);
}

/** The live weights before a step and after it. */
export function trafficLine({ trafficBefore, trafficAfter }: DemoStepReport): string {
  return `live traffic  ${weights(trafficBefore)} -> ${weights(trafficAfter)}`;
}

/** Whether the true share of each deployment can be its live weight, with 99.9 %. */
export function splitFits({ split, trafficAfter }: DemoStepReport): boolean {
  const total = sum(split);
  return Object.entries(trafficAfter).every(([name, weight]) => {
    const [low, high] = wilsonInterval(split[name] ?? 0, total);
    return weight / 100 >= low && weight / 100 <= high;
  });
}

/** The live weights after each step. */
export function weightPlot(reports: readonly DemoStepReport[]): string {
  const line = (name: string) =>
    reports.map(({ step, trafficAfter }): [number, number] => [step, trafficAfter[name] ?? 0]);
  const chart = plot([line(BLUE), line(GREEN)], {
    title: "live weight in % after each step",
    width: 62,
    height: 8,
    legend: { position: "bottom", series: [BLUE, GREEN] },
    color: process.stdout.isTTY ? ["ansiBlue", "ansiGreen"] : undefined,
  } as Parameters<typeof plot>[1]);
  return process.stdout.isTTY ? chart : stripVTControlCharacters(chart);
}

function splitLines(report: DemoStepReport): string[] {
  const { split } = report;
  const total = sum(split);
  if (total === 0) return [];
  const parts = Object.keys(report.trafficAfter)
    .filter((name) => (split[name] ?? 0) > 0)
    .map((name) => {
      const [low, high] = wilsonInterval(split[name] ?? 0, total).map((end) => (100 * end).toFixed(1));
      return `${name} ${((100 * (split[name] ?? 0)) / total).toFixed(1)} % (${low} to ${high})`;
    });
  const verdict = splitFits(report) ? "" : "; NOT the live weights";
  return [`measured      ${parts.join(", ")} of ${total} requests${verdict}`];
}

/** Lines such as `default: 100 => 90` among the outputs. */
function weightChanges(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => /^\s*~ [\w-]+\s*: \d+ => \d+$/.test(line))
    .map((line) => line.trim());
}

function rolloutLines(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) =>
    /^(traffic {2}\S|deletes {2}|exposed {2}|rules {4}|contract |verify {3}|next: |\$ pulumi )/.test(line),
  );
}

function weights(traffic: Readonly<Record<string, number>>): string {
  const parts = Object.entries(traffic).map(([name, weight]) => `${name} ${weight}`);
  return parts.length > 0 ? parts.join(", ") : "none";
}

function sum(split: Readonly<Record<string, number>>): number {
  return Object.values(split).reduce((total, count) => total + count, 0);
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `   ${line}`).join("\n");
}

function bold(text: string): string {
  return process.stdout.isTTY ? styleText("bold", text) : text;
}
