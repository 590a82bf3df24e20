import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test, vi } from "vitest";
import type { Violation } from "../../../components/values/violation";
import { cloudEventOf } from "../../../cli/run/cloudEvent";
import { openReporter } from "../../../cli/run/openReporter";
import type { Transition } from "../../../cli/run/transition";
import { Webhook } from "../../../cli/run/webhook";
import type { WebhookRequest } from "../../../cli/run/webhook";
import { WEBHOOK_SECRET, webhookTarget } from "../../../cli/run/webhookTarget";
import { keyOf, signed } from "../../../cli/run/webhookSignature";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const STACK = "acme/heart/prod";
const STEP: Transition = {
  type: "step-reached",
  component: "heart",
  candidate: "model-2",
  stable: "model-1",
  weight: 25,
  mirrored: 0,
  message: "model-2 10 -> 25 (step 2 of 4)",
  since: "2026-11-30T14:00:00.000Z",
};
const AT = new Date("2026-11-30T15:00:00Z");

function key(): Buffer {
  const bytes = keyOf(SECRET);
  if (bytes === undefined) throw new Error("no key");
  return bytes;
}

test("a message is signed as the specification's own example", () => {
  const body = '{"test": 2432232314}';
  expect(signed(key(), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body)).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

describe("an event", () => {
  test("has what CloudEvents 1.0 requires, and the rollout", () => {
    expect(cloudEventOf(STEP, { stack: STACK, at: AT })).toEqual({
      specversion: "1.0",
      id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      source: "/acme/heart/prod/heart",
      type: "io.github.azure-mlflow-rollout.step-reached",
      subject: "model-2",
      time: "2026-11-30T15:00:00.000Z",
      datacontenttype: "application/json",
      data: {
        stack: STACK,
        component: "heart",
        candidate: "model-2",
        stable: "model-1",
        weight: 25,
        mirrored: 0,
        message: STEP.message,
      },
    });
  });

  const idOf = (transition: Partial<Transition>, at = AT): string =>
    cloudEventOf({ ...STEP, ...transition }, { stack: STACK, at }).id;
  const later = new Date(AT.getTime() + 1000);

  test("has the same id when a run that was started again tells it again", () => {
    expect(idOf({ message: "in other words" }, later)).toBe(idOf({}));
    expect(idOf({ type: "started" }, later)).not.toBe(idOf({ type: "started" }));
  });

  test("has another id for another step, and for the same step of another rollout", () => {
    const ids = [idOf({}), idOf({ weight: 50 }), idOf({ since: "2026-12-01T00:00:00.000Z" }), idOf({ type: "held" })];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** A webhook whose receiver answers with some statuses in turn, on a clock that only its rests move. */
function scripted(answers: readonly (number | "hangs" | "429 in 7 s")[]) {
  const sent: WebhookRequest[] = [];
  const rests: number[] = [];
  const reports: string[] = [];
  const webhook = new Webhook("hooks.example.com", key(), {
    post: async (request) => {
      const answer = answers[Math.min(sent.length, answers.length - 1)] ?? 200;
      sent.push(request);
      if (answer === "hangs") throw new Error("no answer from hooks.example.com in 5 s");
      if (answer === "429 in 7 s") return { status: 429, headers: { "retry-after": "7" } };
      return { status: answer, headers: {} };
    },
    sleep: async (milliseconds, signal) => {
      // The end of the run waits for nothing but what is under way.
      if (milliseconds === 10_000) await new Promise((resolve) => signal.addEventListener("abort", resolve));
      else rests.push(milliseconds);
    },
    now: () => AT.getTime(),
    report: (line) => void reports.push(line),
  });
  const events = [10, 25, 50].map((weight) => cloudEventOf({ ...STEP, weight }, { stack: STACK, at: AT }));
  return { webhook, sent, rests, reports, events };
}

describe("the webhook", () => {
  test("sends events in order, signed", async () => {
    const { webhook, sent, events, reports } = scripted([200]);
    for (const event of events) webhook.send(event);
    await webhook.close();
    expect(sent.map(({ body }) => JSON.parse(body) as unknown)).toEqual(events);
    const [{ headers, body } = { headers: {}, body: "" }] = sent;
    const { id = "" } = events[0] ?? {};
    expect(headers).toEqual({
      "content-type": "application/cloudevents+json; charset=utf-8",
      ...signed(key(), id, AT.getTime() / 1000, body),
    });
    expect(reports).toEqual([]);
  });

  test("tries again, later and later, and sends the same id", async () => {
    const { webhook, sent, rests, events, reports } = scripted([503, "hangs", "429 in 7 s", 200]);
    for (const event of events.slice(0, 1)) webhook.send(event);
    await webhook.close();
    expect(rests).toEqual([1000, 2000, 7000]);
    expect(new Set(sent.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(reports).toEqual([]);
  });

  test("gives up after five tries, says so once, and tries the next ones once", async () => {
    const { webhook, sent, rests, events, reports } = scripted(["hangs"]);
    for (const event of events) webhook.send(event);
    await webhook.close();
    expect([sent.length, rests]).toEqual([5 + 1 + 1, [1000, 2000, 4000, 8000]]);
    expect(reports).toEqual([
      "events do not reach hooks.example.com, and the run goes on without: no answer from hooks.example.com in 5 s",
    ]);
  });

  test("does not repeat what the receiver refuses", async () => {
    const { webhook, sent, events } = scripted([401, 200]);
    for (const event of events) webhook.send(event);
    await webhook.close();
    expect(sent.length).toBe(3);
  });

  test("holds 100 events at most, and a receiver that never answers holds up the end for 10 s", async () => {
    const rests: number[] = [];
    const reports: string[] = [];
    let posts = 0;
    const webhook = new Webhook("hooks.example.com", key(), {
      post: ({ signal }) => {
        posts += 1;
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("ended"))));
      },
      sleep: async (milliseconds) => void rests.push(milliseconds),
      now: () => AT.getTime(),
      report: (line) => void reports.push(line),
    });
    for (let count = 0; count < 500; count += 1)
      webhook.send(cloudEventOf({ ...STEP, weight: count }, { stack: STACK, at: AT }));
    await webhook.close();
    expect({ posts, rests, reports: reports.length }).toEqual({ posts: 1, rests: [10_000], reports: 1 });
  });
});

test.each([
  ["https://hooks.example.com/x?token=abc", SECRET, []],
  ["http://localhost:8080/x", SECRET, []],
  ["http://127.0.0.1:8080/x", SECRET, []],
  ["http://[::1]:8080/x", SECRET, []],
  ["http://hooks.example.com/x", SECRET, ["address"]],
  ["http://localhost.example.com/x", SECRET, ["address"]],
  ["ftp://localhost/x", SECRET, ["address"]],
  ["hooks.example.com", SECRET, ["address"]],
  ["https://hooks.example.com", undefined, ["secret"]],
  ["https://hooks.example.com", "hunter2", ["secret"]],
  ["https://hooks.example.com", "whsec_c2hvcnQ=", ["secret"]],
  ["nowhere", "hunter2", ["address", "secret"]],
  [undefined, undefined, []],
])("--webhook %s with %s is wrong in %j, and nothing of it is quoted", (address, secret, wrong) => {
  const violations: Violation[] = [];
  const target = webhookTarget(address, secret, violations);
  expect(violations.map(({ reason }) => (reason.includes(WEBHOOK_SECRET) ? "secret" : "address"))).toEqual(wrong);
  expect(target === undefined).toBe(address === undefined || wrong.length > 0);
  expect(JSON.stringify(violations)).not.toMatch(/hunter2|c2hvcnQ|nowhere|token/);
});

test("events reach a receiver on this machine, which can verify them, and the secret is out of the environment", async () => {
  const received: { readonly headers: Record<string, unknown>; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    process.env[WEBHOOK_SECRET] = SECRET;
    const reporter = openReporter(true, `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
    expect(process.env[WEBHOOK_SECRET]).toBeUndefined();
    reporter.tell(STACK, STEP);
    await reporter.close();
    const [{ headers, body } = { headers: {}, body: "" }] = received;
    expect(JSON.parse(body)).toMatchObject({
      type: "io.github.azure-mlflow-rollout.step-reached",
      data: { weight: 25 },
    });
    const [id, seconds] = [String(headers["webhook-id"]), Number(headers["webhook-timestamp"])];
    expect(headers).toMatchObject(signed(key(), id, seconds, body));
  } finally {
    vi.restoreAllMocks();
    server.close();
  }
});
