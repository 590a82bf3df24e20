import type { GateOf } from "../settings/gates";
import type { Counts } from "../statistics/rateTest";
import { show } from "../values/violation";
import { percentText } from "./judgement";
import { distance, predictionsOf } from "./predictions";
import { columnOf } from "./requestSet";
import type { RecordedRequest } from "./requestSet";
import type { Finding } from "./verdict";

/** What a deployment said to a recorded request; an error that is not the model's says nothing of it. */
export type Said = { readonly answer: unknown } | { readonly error: string; readonly isModels: boolean };

/** A recorded request with both answers. */
export interface AnsweredPair {
  readonly request: RecordedRequest;
  readonly candidate: Said;
  readonly stable: Said;
}

/** A prediction that differs. */
export interface Difference {
  readonly line: number;
  /** Its position among the predictions of the line, from 0 on. */
  readonly row: number;
  readonly slice?: string;
  readonly stable: unknown;
  /** What the candidate predicts, or why it does not. */
  readonly candidate: unknown;
  /** How far two numbers are apart; left out when anything else differs. */
  readonly distance?: number;
}

/** All answers to a set of requests compared. */
export interface Comparison {
  /** `failed` are the predictions that differ. */
  readonly all: Counts;
  /** By the value of the column, the one with the most predictions first. */
  readonly slices: readonly (Counts & { readonly value: string })[];
  /** Requests that could not be compared: the stable deployment did not answer, or the candidate was not reached. */
  readonly unanswered: number;
  /** What the first of them was told; left out when there is none. */
  readonly unansweredBy?: string;
  /** Requests that only the candidate did not answer; their predictions count as different. */
  readonly failed: number;
  /** The largest ones first. */
  readonly differences: readonly Difference[];
}

type Settings = GateOf<"compare">["settings"];

/** Compares the answers prediction by prediction. Every number of it is exact. */
export function compareAnswers(
  { tolerance, slice }: Pick<Settings, "tolerance" | "slice">,
  pairs: readonly AnsweredPair[],
): Comparison {
  const unanswered = pairs.flatMap((pair) => whyNotCompared(pair) ?? []);
  const compared = pairs.filter((pair) => whyNotCompared(pair) === undefined);
  const rows = compared.flatMap((pair) => rowsOf(pair, tolerance, slice));
  const different = rows.filter((row) => row.apart > 0);
  const bySlice = new Map<string, { failed: number; total: number }>();
  for (const { slice: value, apart } of rows) {
    if (value === undefined) continue;
    const counts = bySlice.get(value) ?? { failed: 0, total: 0 };
    bySlice.set(value, { failed: counts.failed + (apart > 0 ? 1 : 0), total: counts.total + 1 });
  }
  return {
    all: { failed: different.length, total: rows.length },
    slices: [...bySlice].map(([value, counts]) => ({ value, ...counts })).toSorted((a, b) => b.total - a.total),
    unanswered: unanswered.length,
    ...(unanswered[0] !== undefined && { unansweredBy: unanswered[0] }),
    failed: compared.filter(({ candidate }) => "error" in candidate).length,
    differences: different
      .toSorted((a, b) => b.apart - a.apart)
      .map(({ apart, ...row }) => ({ ...row, ...(apart < Infinity && { distance: apart }) })),
  };
}

function whyNotCompared({ stable, candidate }: AnsweredPair): string | undefined {
  if ("error" in stable) return `the stable deployment answers ${stable.error}`;
  return "error" in candidate && !candidate.isModels ? `the candidate answers ${candidate.error}` : undefined;
}

interface Row extends Omit<Difference, "distance"> {
  readonly apart: number;
}

function rowsOf(
  { request, candidate, stable }: AnsweredPair,
  tolerance: number,
  column: string | undefined,
): readonly Row[] {
  if ("error" in stable) return [];
  const wanted = predictionsOf(stable.answer);
  const got = "error" in candidate ? [] : predictionsOf(candidate.answer);
  const values = column === undefined ? [] : columnOf(request.body, column);
  return Array.from({ length: Math.max(wanted.length, got.length) }, (_, row) => {
    const value = values[row];
    return {
      line: request.line,
      row,
      ...(value !== undefined && { slice: typeof value === "string" ? value : show(value) }),
      stable: wanted[row],
      candidate: "error" in candidate ? candidate.error : got[row],
      apart:
        "error" in candidate || wanted.length !== got.length ? Infinity : distance(wanted[row], got[row], tolerance),
    };
  });
}

/** Judges a comparison. Its numbers are of a whole set, so that there is no chance in them. */
export function judgeComparison(
  { maxPercent, slice, maxSlicePercent, minSamples }: Settings,
  { all, slices, unanswered, unansweredBy, failed }: Comparison,
): Pick<Finding, "verdict" | "numbers" | "samples"> {
  const worst = slices.filter(
    ({ failed: different, total }) =>
      maxSlicePercent !== undefined && total >= minSamples && (100 * different) / total > maxSlicePercent,
  );
  const isOver = all.total > 0 && (100 * all.failed) / all.total > maxPercent;
  const isShort = all.total < minSamples;
  const limit = isOver ? `more than ${maxPercent} %` : `at most ${maxPercent} %`;
  const parts = [
    `${all.failed} of ${all.total} predictions differ, ${percentText(all.failed, all.total)}, ${isShort ? `${minSamples} are needed` : limit}`,
    ...[...worst, ...slices.filter((one) => !worst.includes(one))]
      .slice(0, SHOWN_SLICES)
      .map(({ value, ...counts }) => {
        const over = worst.some((one) => one.value === value) ? `, more than ${maxSlicePercent} %` : "";
        return `${slice}=${value} ${percentText(counts.failed, counts.total)} of ${counts.total}${over}`;
      }),
    ...(failed === 0 ? [] : [`${failed} requests not answered by it`]),
    ...(unanswered === 0 ? [] : [`${unanswered} requests left out: ${unansweredBy}`]),
  ];
  const verdict = isShort ? "inconclusive" : isOver || worst.length > 0 ? "fail" : "pass";
  return { verdict, numbers: parts.join("; "), samples: all.total };
}

const SHOWN_SLICES = 5;
