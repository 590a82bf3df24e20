import { expect, test } from "vitest";
import { askable, risingCandidatesOf, sourceOf } from "../../../components/gates/asked";
import { gatesOf } from "../../../components/settings/gates";
import { stateOf } from "../../support/trafficStates";

const GATES = gatesOf({
  smoke: { request: {} },
  errors: { errors: { maxPercent: 1 } },
  live: { latency: { maxMilliseconds: 200 } },
  probes: { latency: { maxMilliseconds: 200, probes: 50 } },
  ready: { http: { url: "https://status.example.com/ready?key=secret" } },
  check: { command: { run: ["python", "check.py", "--token=abc123"] } },
  answers: { compare: { data: "requests.jsonl" } },
});

function asked(live: ReturnType<typeof stateOf>, missing: readonly string[] = []) {
  const rising = risingCandidatesOf(["green"], "blue", live, stateOf({ blue: 90, green: 10 }));
  const { questions, unasked } = askable(GATES, rising, missing);
  return [questions.map(({ gate }) => gate.name), unasked.map(({ gate, numbers }) => `${gate}: ${numbers}`)];
}

const NO_REQUESTS = "it has had no requests yet, live or mirrored";

test("before its first requests Azure Monitor is not asked about a candidate", () => {
  expect(asked(stateOf({ blue: 100 }))).toEqual([
    ["smoke", "probes", "ready", "check", "answers"],
    [`errors: ${NO_REQUESTS}`, `live: ${NO_REQUESTS}`],
  ]);
});

test.each([[stateOf({ blue: 95, green: 5 })], [stateOf({ blue: 100 }, { green: 10 })]])(
  "with some, live or mirrored, all are asked",
  (live) => {
    expect(asked(live)).toEqual([GATES.map(({ name }) => name), []]);
  },
);

test("one that does not exist yet is asked about by the update", () => {
  const later = ["smoke", "probes", "ready", "check", "answers"].map(
    (name) => `${name}: it does not exist yet; the update asks`,
  );
  const [questions, unasked] = asked(stateOf({ blue: 100 }), ["green"]);
  expect(questions).toEqual([]);
  expect(new Set(unasked)).toEqual(new Set([...later, `errors: ${NO_REQUESTS}`, `live: ${NO_REQUESTS}`]));
});

test("who is asked, without what may be secret in an address", () => {
  expect(GATES.map(sourceOf)).toEqual([
    "a request by its header, sample-request.json",
    "Azure Monitor",
    "Azure Monitor",
    "up to 50 requests by header, sample-request.json",
    "GET https://status.example.com/ready",
    "command python check.py --token=[redacted]",
    "requests by header to both, requests.jsonl",
  ]);
});
