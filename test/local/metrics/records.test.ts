import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { LatencyHistogram } from "../../../local/src/metrics/records";

const durations = fc.array(fc.double({ min: 0.002, max: 3_600_000, noNaN: true }), { minLength: 1, maxLength: 200 });

function histogramOf(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.add(value);
  return histogram;
}

test.prop([durations, fc.constantFrom(0.5, 0.9, 0.95, 0.99)])(
  "a quantile is at most 4.5 % off the duration of that rank",
  (values, share) => {
    const exact = values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? 0;
    expect(Math.abs(histogramOf(values).quantile(share) - exact)).toBeLessThanOrEqual(0.045 * exact);
  },
);

test.prop([durations, durations])("two that are merged are one of all durations", (first, second) => {
  const merged = histogramOf(first);
  merged.merge(histogramOf(second));
  const all = histogramOf([...first, ...second]);
  expect(merged.total).toBeCloseTo(all.total, 3);
  merged.total = all.total;
  expect(merged).toEqual(all);
});

test.prop([durations])("counts, adds and bounds exactly", (values) => {
  const { count, minimum, maximum, total } = histogramOf(values);
  expect({ count, minimum, maximum }).toEqual({
    count: values.length,
    minimum: Math.min(...values),
    maximum: Math.max(...values),
  });
  expect(total).toBeCloseTo(
    values.reduce((sum, value) => sum + value, 0),
    3,
  );
});

test.each([0, Number.MIN_VALUE, 1e12])("takes %d ms too", (ms) => {
  expect(histogramOf([ms]).quantile(0.5)).toBe(ms);
});
