import { percentText } from "../../components/gates/judgement";
import { printable } from "../terminal/columns";
import { table } from "../view/table";
import type { CompareResult } from "./compare";

const WIDTH = 80;
const SHOWN_SLICES = 20;

/** What a person sees of a comparison. */
export function compareText(result: Omit<CompareResult, "exitCode">): string {
  const { deployment, stable, data, requests, failed, unanswered, unansweredBy = "", worst } = result;
  return [
    `${deployment} beside ${stable}, ${counted(requests)} from ${printable(data)}`,
    rateLine(result),
    ...(failed === 0
      ? []
      : [
          `${counted(failed)} ${failed === 1 ? "was" : "were"} not answered by ${deployment}; their predictions count as different`,
        ]),
    ...(unanswered === 0
      ? []
      : [`${counted(unanswered)} ${unanswered === 1 ? "is" : "are"} left out: ${printable(unansweredBy)}`]),
    ...sliceTable(result),
    ...(worst === undefined ? [] : [`the worst are in ${printable(worst)}`]),
  ].join("\n");
}

function rateLine({ all: { failed, total }, maxPercent }: Pick<CompareResult, "all" | "maxPercent">): string {
  if (total === 0) return "nothing could be compared";
  const rate = `${failed} of ${total} predictions differ, ${percentText(failed, total)}`;
  if (maxPercent === undefined) return rate;
  return `${rate}, ${(100 * failed) / total > maxPercent ? "more than" : "at most"} ${maxPercent} %`;
}

function counted(requests: number): string {
  return requests === 1 ? "1 request" : `${requests} requests`;
}

function sliceTable({ slice, slices }: Pick<CompareResult, "slice" | "slices">): readonly string[] {
  if (slice === undefined) return [];
  if (slices.length === 0) return [`no request has a column ${printable(slice)}`];
  const shown = slices.slice(0, SHOWN_SLICES);
  const rows = table(
    [
      { title: printable(slice).toUpperCase(), cells: shown.map(({ value }) => printable(value)) },
      { title: "PREDICTIONS", isNumber: true, cells: shown.map(({ total }) => String(total)) },
      { title: "DIFFER", isNumber: true, cells: shown.map(({ failed: count }) => String(count)) },
      { title: "SHARE", isNumber: true, cells: shown.map(({ failed: count, total }) => percentText(count, total)) },
    ],
    WIDTH,
  );
  const more = slices.length - shown.length;
  return ["", ...rows, ...(more > 0 ? [`and ${more} more values`] : []), ""];
}
