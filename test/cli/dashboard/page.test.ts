import { createHash } from "node:crypto";
import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { History } from "../../../cli/dashboard/history";
import { pageOf, updateOf } from "../../../cli/dashboard/page";
import { announcementOf, nextStep, summary, titleOf, weightText } from "../../../cli/dashboard/summary";
import type { RolloutView } from "../../../cli/view/rolloutView";
import { deploymentView, minute, rolloutHistory, rolloutView } from "../../support/rolloutHistory";

const WRITTEN = { writtenAt: minute(80) };

function report(history: History = rolloutHistory()): string {
  return pageOf(updateOf({ history }), WRITTEN);
}

/** The text of HTML, as a person reads it. */
function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

describe("what it says", () => {
  test("the head", () => {
    expect(textOf(summary(rolloutView()).text)).toBe(
      "heart-x7k2p baking the next step waits until the bake time is over acme/heart/prod component heart " +
        "endpoint Succeeded weights written 12 min ago seen at 15:12:00 UTC Plan: step 2 of 4 done: mirror 20 % " +
        "done: 10 % 25 % 50 % 100 % Bake time: 18 min of 30 min left, until 15:30 UTC",
    );
  });

  test("the title and what a screen reader says", () => {
    expect(titleOf(rolloutView())).toBe("baking · model-2 25\u00a0% · heart-x7k2p");
    expect(announcementOf(rolloutView())).toBe(
      "baking; the next step waits until the bake time is over; step 2 of 4; model-1 75\u00a0%, model-2 25\u00a0%",
    );
  });

  test("what the next step asks", () => {
    const errors = { gate: "errors", kind: "errors", dryRun: false, asks: "Azure Monitor" };
    const last = { verdict: "pass", candidate: "model-2", numbers: "answers [1] in 3 ms" };
    const gates = [errors, { gate: "smoke", kind: "request", dryRun: true, asks: "a request", last }];
    expect(textOf(nextStep(rolloutView({ gates }), []).text)).toContain(
      "The next step asks these gates: errors: Azure Monitor smoke (dry run), at the last step pass: answers [1] in 3 ms",
    );
  });

  test("a rollout that has nothing yet", () => {
    const {
      plan: _,
      bake: __,
      changedAt: ___,
      ...view
    } = rolloutView({
      deployments: [],
      endpoint: { name: "", id: "" },
      phase: "waiting",
      message: "nothing is deployed yet",
      next: { text: '"pulumi up" applies what stack config asks for', command: "pulumi up" },
    });
    const text = textOf(report({ views: [view], steps: [] }));
    expect(text).toContain("nothing is deployed yet");
    expect(text).toContain("there is no endpoint yet");
    expect(text).toContain("There are none yet.");
    expect(text).toContain("nothing measured in this time");
  });

  test.each([
    [{}, "25\u00a0%"],
    [{ declared: 50 }, "25\u00a0% live, 50\u00a0% declared"],
    [{ live: 0, declared: 0, mirror: 20 }, "0\u00a0%, 20\u00a0% copied"],
  ])("a weight of %j is %s", (more, text) => {
    expect(weightText(deploymentView("model-2", 25, more))).toBe(text);
  });

  test("what could not be read is said once", () => {
    const lines = textOf(
      nextStep(rolloutView({ missing: ["metrics: refused"] }), ["metrics: refused", "history: x"]).text,
    );
    expect(lines).toBe(
      "Next raise model-2 to 50 when the bake time is over npx mlflow-rollout promote Copy " +
        "Not everything could be read: metrics: refused history: x",
    );
  });

  test("a bake time that is over does not count on", () => {
    const view = rolloutView({ at: new Date(minute(95)).toISOString() });
    expect(textOf(summary(view).text)).toContain("Bake time of 30 min is over since 15:30 UTC");
  });
});

describe("the page needs nothing but itself", () => {
  test("its policy allows its own script and style by their hashes, and nothing from elsewhere", () => {
    const page = report();
    const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const hashOf = (tag: string): string => {
      const [, text = ""] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page) ?? [];
      return `&#39;sha256-${createHash("sha256").update(text).digest("base64")}&#39;`;
    };
    expect(policy.split("; ")).toEqual([
      "default-src &#39;none&#39;",
      `script-src ${hashOf("script")}`,
      `style-src ${hashOf("style")}`,
      "connect-src &#39;self&#39;",
      "img-src data:",
      "base-uri &#39;none&#39;",
      "form-action &#39;none&#39;",
    ]);
  });

  test("no address but that of its icon, no style and no handler in an attribute", () => {
    const tags = report().match(/<[a-z][^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(300);
    expect(tags.filter((tag) => /\s(src|style|on\w+)=/.test(tag))).toEqual([]);
    expect(tags.filter((tag) => /\shref="(?!#)/.test(tag))).toEqual([expect.stringContaining("data:image/svg+xml,")]);
  });

  test("a report names no server", () => {
    expect(report()).not.toContain("data-stream");
    expect(pageOf(updateOf({ history: rolloutHistory() }), { stream: "/events" })).toContain('data-stream="/events"');
  });
});

describe("whatever it is given", () => {
  /** Signs of HTML more often than chance has them. */
  const hostile = fc.oneof(
    fc.constantFrom(
      "<script>alert(1)</script>",
      `"><img src=x onerror=alert(1)>`,
      "' onfocus='x",
      "</style>",
      "<!--",
      "]]>",
      "&lt;",
    ),
    fc.string({ unit: "grapheme" }),
  );

  function shape(page: string): readonly string[] {
    return (page.match(/<[^>]*>/g) ?? []).map((tag) => tag.replaceAll(/"[^"]*"/g, '""').replaceAll(/\s+/g, " "));
  }

  function filled(text: string): History {
    const view: RolloutView = rolloutView({
      stack: text,
      component: text,
      endpoint: { name: text, id: text, state: text },
      message: text,
      deployments: [
        deploymentView(`${text}1`, 75, { role: "stable", modelVersion: text, state: text }),
        deploymentView(`${text}2`, 25, { role: "candidate", modelVersion: text, state: text }),
      ],
      next: { text, command: text },
      missing: [`x${text}`],
    });
    const step = { since: minute(1), at: minute(2), text, note: text, isFailed: false };
    return { views: [view], steps: [step] };
  }

  test.prop([hostile])("the page has the same tags and attributes", (text) => {
    const page = (words: string): string =>
      pageOf(updateOf({ history: filled(words), problem: words, unread: [`y${words}`] }), WRITTEN);
    expect(shape(page(text))).toEqual(shape(page("plain")));
  });
});
