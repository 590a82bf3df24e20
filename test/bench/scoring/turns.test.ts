import { expect, test } from "vitest";
import type { LoadOrder, LoadReport } from "../../../bench/load";
import { Turns } from "../../../bench/scoring/turns";

const server = (name: string) => ({ scoringUri: name, key: "key", ca: "ca.pem", close: () => undefined });
const SERVERS = { ours: server("ours"), bare: server("bare") };

function loadWith(errors: number) {
  const sent: LoadOrder[] = [];
  const report: LoadReport = { answers: {}, errors, seconds: 0.5, milliseconds: { median: 1, p99: 3 } };
  return {
    sent,
    send: (order: LoadOrder): Promise<LoadReport> => {
      sent.push(order);
      return Promise.resolve(report);
    },
  };
}

test("servers are measured in turns, each with the same requests", async () => {
  const load = loadWith(0);
  const { ours } = await new Turns(load, SERVERS, 2000).measure(16, 2);
  expect(load.sent.map(({ scoringUri, requests, connections }) => [scoringUri, requests, connections])).toEqual(
    ["ours", "bare", "ours", "bare"].map((name) => [name, 2000, 16]),
  );
  expect([ours.rate.median, ours.median.median, ours.p99.median]).toEqual([4000, 1, 3]);
  expect(ours.microseconds.median).toBeGreaterThanOrEqual(0);
});

test("a server that does not answer each request is not measured", async () => {
  await expect(new Turns(loadWith(2), SERVERS, 2000).measure(16, 1)).rejects.toThrow(
    "ours: 2 of 2000 requests were not answered",
  );
});
