import { describe, expect, test } from "vitest";
import { problemsWith } from "../../support/checkedArgs";

type Gate = Readonly<Record<string, unknown>>;

/** What is wrong with one gate, its paths from the gate on. */
function problemsOf(gate: unknown): readonly string[] {
  return problemsWith({ rollout: { gates: { g: gate } } }).map((line) => line.replace("rollout.gates.g", ""));
}

describe("a gate that holds", () => {
  test.each<[Gate]>([
    [{ request: {} }],
    [{ request: { data: "a.json", predictions: 1, keys: ["label"], at: "0.score", value: -1.5, tolerance: 0.01 } }],
    [{ request: { maxMilliseconds: 500 }, dryRun: true }],
    [{ errors: { maxPercent: 0 } }],
    [{ errors: { maxPercent: 1.5, maxAboveStable: 0.5, minSamples: 1, windowMinutes: 1440 } }],
    [{ latency: { maxMilliseconds: 200 } }],
    [{ latency: { percentile: 99, maxTimesStable: 1.2 } }],
    [{ latency: { percentile: 80, maxTimesStable: 1.2, probes: 200, data: "a.json", minSamples: 200 } }],
    [{ http: { url: "https://status.example.com/api", status: 204, at: "state", equals: "ok", timeoutSeconds: 1 } }],
    [{ http: { url: "http://127.0.0.1:9090/ready" } }],
    [{ http: { url: "http://[::1]/", equals: "" } }],
    [{ command: { run: ["python", "check.py"], timeoutSeconds: 3600 } }],
    [{ compare: { data: "requests.jsonl" } }],
    [
      {
        compare: { data: "r.jsonl", maxPercent: 2, tolerance: 1e-6, slice: "sex", maxSlicePercent: 5, saveWorst: "w" },
      },
    ],
  ])("%j", (gate) => {
    expect(problemsOf(gate)).toEqual([]);
  });
});

describe("a gate that does not", () => {
  const KINDS = "request, errors, latency, http, command, compare";
  test.each<[unknown, readonly string[]]>([
    [5, [`: must be { ${KINDS}, dryRun }, got 5`]],
    [{}, [`: needs exactly one of ${KINDS}, got none`]],
    [{ request: {}, http: { url: "https://a.example" } }, [`: needs exactly one of ${KINDS}, got request and http`]],
    [
      { error: { maxPercent: 1 } },
      [".error: no such setting; did you mean errors?", `: needs exactly one of ${KINDS}, got none`],
    ],
    [
      { errors: {}, dryRun: "yes" },
      [
        ".errors: has no limit; give maxPercent or maxAboveStable, such as maxPercent: 1",
        '.dryRun: must be true or false, got "yes"',
      ],
    ],
    [
      { errors: { maxPercent: 101, maxAboveStable: -1, minSamples: 0, windowMinutes: 1441 } },
      [
        ".errors.maxPercent: must be a number from 0 to 100, got 101",
        ".errors.maxAboveStable: must be a number from 0 to 100, got -1",
        ".errors.minSamples: must be a whole number from 1 to 1000000, got 0",
        ".errors.windowMinutes: must be a whole number from 1 to 1440, got 1441",
      ],
    ],
    [
      { latency: { percentile: 80, maxMilliseconds: 0 } },
      [
        ".latency.percentile: must be one of 50, 90, 95, 99, which Azure Monitor knows, got 80; others need probes",
        ".latency.maxMilliseconds: must be a number from 1 to 1000000, got 0",
      ],
    ],
    [
      { latency: { maxTimesStable: 0.5, data: "a.json" } },
      [
        ".latency.maxTimesStable: must be a number from 1 to 100, got 0.5",
        ".latency.data: is for probes, which is not set; set it, or remove this one",
      ],
    ],
    [
      { latency: { maxMilliseconds: 1, probes: 50, minSamples: 51 } },
      [".latency.minSamples: must be a whole number from 1 to 50, got 51"],
    ],
    [
      { request: { data: "", predictions: 0, keys: [], tolerance: 1, at: "0" } },
      [
        ".request.data: must not be empty; give a value or leave it out",
        ".request.predictions: must be a whole number from 1 to 1000000, got 0",
        '.request.keys: must be a list of texts such as ["label", "score"], got []',
        ".request.at: is for value, which is not set; set it, or remove this one",
        ".request.tolerance: is for value, which is not set; set it, or remove this one",
      ],
    ],
    [{ http: {} }, [".http.url: is missing; give the address that is asked"]],
    [
      { http: { url: "status", status: 99 } },
      [
        '.http.url: must be an address such as https://status.example.com/api, got "status"',
        ".http.status: must be a whole number from 100 to 599, got 99",
      ],
    ],
    [
      { http: { url: "http://status.example.com/api?token=x", at: "a" } },
      [
        '.http.url: must begin with https://, or http:// on this machine, got "http://status.example.com"',
        ".http.at: is for equals, which is not set; set it, or remove this one",
      ],
    ],
    [
      { http: { url: "https://me:pass@status.example.com" } },
      [".http.url: must have no user name and no password in it"],
    ],
    [{ command: {} }, ['.command.run: is missing; give the command, such as ["python", "check.py"]']],
    [
      { command: { run: "python check.py" } },
      ['.command.run: must be a list of texts such as ["python", "check.py"], got "python check.py"'],
    ],
    [
      { command: { run: ["python", 5], timeoutSeconds: 0 } },
      [".command.run.1: must be text, got 5", ".command.timeoutSeconds: must be a whole number from 1 to 3600, got 0"],
    ],
    [
      { compare: { maxSlicePercent: 5 } },
      [
        ".compare.data: is missing; name the file with a request on each line",
        ".compare.maxSlicePercent: is for slice, which is not set; set it, or remove this one",
      ],
    ],
  ])("%j", (gate, lines) => {
    expect(problemsOf(gate)).toEqual(lines);
  });

  test("a list of gates, and a name that is none", () => {
    expect(problemsWith({ rollout: { gates: [] } })).toEqual([
      `rollout.gates: must be a map of names to { ${KINDS}, dryRun }, got []`,
    ]);
    expect(problemsWith({ rollout: { gates: { "a b": { request: {} } } } })).toEqual([
      "rollout.gates.a b: is not a valid name; use 1 to 64 letters, digits, dashes, dots and underscores",
    ]);
  });
});

describe("the error budget", () => {
  test("is a whole number, and its delay stands beside it", () => {
    expect(problemsWith({ rollout: { maxBadRequests: 500, gateDelayMinutes: 0 } })).toEqual([]);
    expect(problemsWith({ rollout: { maxBadRequests: 0, gateDelayMinutes: 1441 } })).toEqual([
      "rollout.maxBadRequests: must be a whole number from 1 to 1000000000, got 0",
      "rollout.gateDelayMinutes: must be a whole number from 0 to 1440, got 1441",
    ]);
    expect(problemsWith({ rollout: { gateDelayMinutes: 5 } })).toEqual([
      "rollout.gateDelayMinutes: is for rollout.maxBadRequests, which is not set; set it, or remove this one",
    ]);
  });
});
