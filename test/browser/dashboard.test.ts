import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { pageOf, updateOf } from "../../cli/dashboard/page";
import { DashboardServer } from "../../cli/dashboard/server";
import type { RolloutView } from "../../cli/view/rolloutView";
import { WITHOUT_CHROMIUM, hasChromium, startChromium } from "../support/chromium";
import { deploymentView, minute, rolloutHistory, rolloutView } from "../support/rolloutHistory";
import { ScriptedFeed } from "../support/scriptedSources";
import { temporaryFolder } from "../support/temporaryFolder";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const NARROW = { width: 360, height: 800 };
const WIDE = { width: 1280, height: 900 };
const HOSTILE = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>"'>`;

let browser: Browser | undefined;

beforeAll(async () => {
  if (hasChromium) browser = await startChromium();
});

afterAll(() => browser?.close());

interface Look {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: "light" | "dark";
}

/** A page that must not complain: what the policy refuses, and what fails in the script, fails the test. */
async function newPage({ viewport = WIDE, colorScheme = "light" }: Look = {}): Promise<Page> {
  if (browser === undefined) throw new Error("there is no browser");
  const page = await browser.newPage({ viewport, colorScheme });
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", ({ message }) => complaints.push(message));
  onTestFinished(async () => {
    await page.close();
    const own = complaints.filter(
      (text) => !text.includes("ERR_CONNECTION_REFUSED") && !text.includes("ERR_INCOMPLETE"),
    );
    if (own.length > 0) throw new Error(own.join("\n"));
  });
  return page;
}

async function openReport(view: RolloutView = rolloutView(), look: Look = {}): Promise<Page> {
  const page = await newPage(look);
  const file = join(temporaryFolder({}), "report.html");
  writeFileSync(file, pageOf(updateOf({ history: rolloutHistory(view) }), { writtenAt: minute(80) }));
  await page.goto(pathToFileURL(file).href);
  return page;
}

async function openLive(views: (RolloutView | Error)[]) {
  const { feed, script } = await ScriptedFeed.open(views);
  const server = await DashboardServer.start(feed, 0);
  onTestFinished(async () => {
    await script.stop();
    await server.close().catch(() => undefined);
  });
  const page = await newPage();
  await page.goto(server.url);
  await expect.poll(() => server.readers).toBe(1);
  return { page, script, server };
}

describe.skipIf(!hasChromium)(`a report in the browser${WITHOUT_CHROMIUM}`, () => {
  test.each([
    ["light", WIDE],
    ["light", NARROW],
    ["dark", WIDE],
    ["dark", NARROW],
  ] as const)("%s at %j: no rule of WCAG is broken", async (colorScheme, viewport) => {
    const page = await openReport(rolloutView({ missing: ["metrics: refused"] }), { colorScheme, viewport });
    await page.evaluate(AXE);
    const { violations, passes } = await page.evaluate<{
      violations: readonly { id: string; nodes: readonly { html: string }[] }[];
      passes: readonly { id: string }[];
    }>("axe.run()");
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
    expect(passes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["color-contrast", "svg-img-alt", "landmark-one-main"]),
    );
  });

  test.each(["stable", "waiting", "paused", "baking", "progressing", "degraded"] as const)(
    "phase %s has enough contrast in both themes",
    async (phase) => {
      for (const colorScheme of ["light", "dark"] as const) {
        const page = await openReport(rolloutView({ phase }), { colorScheme });
        await page.evaluate(AXE);
        const found = await page.evaluate(
          'axe.run("#summary", { runOnly: "color-contrast" }).then((r) => r.violations.length)',
        );
        expect(found).toBe(0);
      }
    },
  );

  test("the themes differ", async () => {
    const grounds = [];
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await openReport(rolloutView(), { colorScheme });
      grounds.push(await page.evaluate("getComputedStyle(document.body).backgroundColor"));
    }
    expect(grounds).toEqual(["rgb(245, 246, 248)", "rgb(13, 17, 23)"]);
  });

  test.each([
    ["as usual", "model-2"],
    ["with the longest names", "a".repeat(32)],
  ])("nothing is wider than a narrow screen, %s", async (_name, name) => {
    const deployments = [
      deploymentView("model-1", 75, { role: "stable" }),
      deploymentView(name, 25, { role: "candidate" }),
    ];
    const next = { text: "go on", command: `pulumi up -c ${"x".repeat(200)}` };
    for (const width of [320, 360, 720, 721, 1280]) {
      const page = await openReport(rolloutView({ deployments, next }), { viewport: { width, height: 800 } });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    }
  });

  test("a screen reader finds landmarks, headings, the table, the steps and the plots by name", async () => {
    for (const viewport of [WIDE, NARROW]) {
      const page = await openReport(rolloutView(), { viewport });
      const names = (role: Parameters<Page["getByRole"]>[0]) => page.getByRole(role);
      expect(await names("banner").count()).toBe(1);
      expect(await names("main").count()).toBe(1);
      expect(await names("contentinfo").count()).toBe(1);
      expect(await names("heading").allTextContents()).toEqual([
        "heart-x7k2p",
        "Next",
        "Deployments",
        "Over time",
        "Weights",
        "Requests per minute",
        "Errors",
        "Latency, p50 (thin) and p95",
      ]);
      const table = page.getByRole("table", { name: "Deployments" });
      expect(await table.getByRole("rowheader").count()).toBe(2);
      expect(await table.getByRole("cell").count()).toBe(14);
      expect(await page.getByRole("list", { name: "Steps" }).getByRole("listitem").count()).toBe(4);
      expect(await page.getByRole("progressbar", { name: /^Bake time: 18 min of 30 min left/ }).count()).toBe(1);
      const images = await page
        .getByRole("img")
        .evaluateAll((all) => all.map((image) => image.getAttribute("aria-label")));
      expect(images[0]).toMatch(/^Live weights from 14:\d\d to 15:12, with 4 steps; at the end model-1 75/);
      expect(images.slice(1).map((text) => text?.split(" from ")[0])).toEqual([
        "Requests per minute",
        "Errors",
        "Latency, p50 (thin) and p95",
      ]);
    }
  });

  test("all of it can be reached with the keyboard, in the order of the page, and the focus is seen", async () => {
    const page = await openReport();
    const [reached, outlines]: unknown[][] = [[], []];
    for (let count = 0; count < 5; count += 1) {
      await page.keyboard.press("Tab");
      const focused = "document.activeElement";
      reached?.push(await page.evaluate(`${focused}.id || ${focused}.textContent`));
      outlines?.push(await page.evaluate(`getComputedStyle(${focused}).outlineStyle`));
    }
    expect(outlines?.slice(1)).not.toContain("none");
    expect(reached).toEqual(["Skip to the plots", "command", "Copy", "plot-group", "The numbers as a table"]);
  });

  test("the arrow keys read values out of the plots, and Escape ends it", async () => {
    const page = await openReport();
    await page.locator("#plot-group").focus();
    await page.keyboard.press("Home");
    expect(await page.locator("#readout").textContent()).toMatch(/^14:0\d UTC$/);
    expect(await page.locator("#announcement").textContent()).toMatch(
      /^14:0\d, model-1 weight 100.%, model-1 requests/,
    );
    expect(await page.locator('b[data-what="weight"]').allTextContents()).toEqual(["100\u00a0%", "0\u00a0%"]);
    await page.keyboard.press("End");
    expect(await page.locator('b[data-what="weight"]').allTextContents()).toEqual(["75\u00a0%", "25\u00a0%"]);
    expect(await page.locator("line.cursor.at").count()).toBe(4);
    await page.keyboard.press("Escape");
    expect(await page.locator("line.cursor.at").count()).toBe(0);
  });

  test("the pointer reads values too", async () => {
    const page = await openReport();
    const box = await page.locator("svg.area").first().boundingBox();
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 20);
    expect(await page.locator("#readout").textContent()).toMatch(/^14:3\d UTC$/);
    await page.mouse.move(1, 1);
    expect(await page.locator("#readout").textContent()).toMatch(/^point at the plots/);
  });

  test("the command is copied, or selected where that is not allowed", async () => {
    const page = await openReport();
    await page.getByRole("button", { name: "Copy" }).click();
    await expect.poll(() => page.getByRole("button").textContent()).toMatch(/Copied|Selected/);
    expect(await page.locator("#announcement").textContent()).toMatch(/^The command is (copied|selected)$/);
  });

  test("hostile texts are shown and do nothing", async () => {
    const page = await openReport(
      rolloutView({
        message: HOSTILE,
        endpoint: { name: HOSTILE, id: HOSTILE, state: HOSTILE },
        deployments: [deploymentView(HOSTILE, 100, { role: "stable", state: HOSTILE })],
        next: { text: HOSTILE, command: HOSTILE },
      }),
    );
    expect(await page.locator("h1").textContent()).toBe(HOSTILE);
    expect(await page.evaluate("[window.hacked, document.querySelectorAll('img, script').length]")).toEqual([
      undefined,
      1,
    ]);
  });

  test("it asks nobody for anything", async () => {
    const asked: string[] = [];
    const page = await newPage();
    page.on("request", (request) => asked.push(new URL(request.url()).protocol));
    const file = join(temporaryFolder({}), "report.html");
    writeFileSync(file, pageOf(updateOf({ history: rolloutHistory() }), { writtenAt: minute(80) }));
    await page.goto(pathToFileURL(file).href);
    expect(asked.filter((protocol) => protocol !== "data:")).toEqual(["file:"]);
  });
});

describe.skipIf(!hasChromium)(`a live page in the browser${WITHOUT_CHROMIUM}`, () => {
  test("shows a change without being loaded again", async () => {
    const { page, script } = await openLive([rolloutView(), rolloutView({ phase: "waiting", message: "go on" })]);
    await page.evaluate("window.stays = true");
    await script.next();
    await page.locator(".message", { hasText: "go on" }).waitFor();
    expect(await page.title()).toBe("waiting · model-2 25\u00a0% · heart-x7k2p");
    expect(await page.getByRole("status").last().textContent()).toMatch(/^waiting; go on; step 2 of 4/);
    expect(await page.evaluate("window.stays")).toBe(true);
  });

  test("keeps the focus, the open table and the place of the cursor", async () => {
    const later = rolloutView({ at: new Date(minute(73)).toISOString(), message: "later" });
    const { page, script } = await openLive([rolloutView(), later]);
    await page.getByText("The numbers as a table").click();
    await page.locator("#plot-group").focus();
    await page.keyboard.press("End");
    await script.next();
    await page.locator(".message", { hasText: "later" }).waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("plot-group");
    expect(await page.evaluate("document.querySelector('details').open")).toBe(true);
    expect(await page.locator("line.cursor.at").count()).toBe(4);
  });

  test("says when nothing can be read, and when the command has ended", async () => {
    const { page, script, server } = await openLive([rolloutView(), new Error("the endpoint could not be read: 503")]);
    await script.next();
    await page.getByText("Not read since 15:12:00 UTC: the endpoint could not be read: 503").first().waitFor();
    await server.close();
    await page.getByText("Not connected: mlflow-rollout dashboard has ended").waitFor();
    expect(await page.locator("h1").textContent()).toBe("heart-x7k2p");
  });

  test("hostile texts that come later do nothing either", async () => {
    const { page, script } = await openLive([rolloutView(), rolloutView({ message: HOSTILE })]);
    await script.next();
    await page.locator(".message", { hasText: "<script>" }).waitFor();
    expect(await page.evaluate("[window.hacked, document.querySelectorAll('img, script').length]")).toEqual([
      undefined,
      1,
    ]);
  });
});
