import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { consumerFailures } from "../../prove/versions/consumer";
import { CONSUMERS } from "../../prove/versions/consumerKinds";
import { DOCS, MODELS } from "../../driver/paths";
import { InitSession } from "../support/initSession";
import { blocksOf, shownOutput, typedUnder } from "../support/readme";

/** An install unpacks 470 MB; on a busy machine it takes minutes. */
const TIMEOUT_MS = 600_000;
const options = { timeout: TIMEOUT_MS };

/** The packed packages in a folder of a user's own; "npm run prove versions" has all versions of Node and Pulumi. */
let session: InitSession;

beforeAll(async () => {
  session = await InitSession.open();
}, TIMEOUT_MS);

afterAll(() => session.close(), TIMEOUT_MS);

describe("a project that mlflow-rollout init has made", () => {
  test("the command of the installed package makes the same one", options, async () => {
    const { code } = await session.bash("npx mlflow-rollout init ../again/heart --model models/1 --ci github");
    expect(code).toBe(0);
    const again = join(session.folder, "again", "heart");
    const names = readdirSync(again, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = names.map(({ parentPath, name }) => join(parentPath, name).slice(again.length + 1));
    expect(paths).toEqual(
      expect.arrayContaining([".gitignore", "index.ts", "sample-request.json", "models/1/MLmodel"]),
    );
    const changed = paths.filter((path) => textIn(again, path) !== textIn(session.project, path));
    // npm has put in what is installed.
    expect(changed).toEqual(["package.json"]);
  });

  test("it compiles, and serves on the local Azure", options, async () => {
    await session.startAzure();
    await session.type("npm run typecheck", "pulumi stack init dev", "pulumi up");
    expect(await traffic()).toEqual({ "model-1": 100 });
    expect(await session.type(requestOfReadme())).toMatch(/^\[[01](,\s*[01])*\]$/);
  });

  test("the program of this repository's README declares the same", options, async () => {
    const [program = ""] = blocksOf("ts");
    writeFileSync(join(session.project, "index.ts"), program);
    const shown = await session.type("npm run typecheck", "pulumi preview --color never");
    // The component alone, which no longer has the empty workspace of the template.
    expect(shown).toContain("heart update [diff: -workspace]");
    expect(shown).toMatch(/Resources:\n +~ 1 to update\n +\d+ unchanged\n/);
  });

  test("its CI file rehearses it", options, async () => {
    const [typecheck, engine, rehearsal] = runsOf(textIn(session.project, ".github/workflows/rollout.yml")).slice(-3);
    expect([typecheck, engine]).toEqual(["npm run typecheck", "npx mlflow-rollout engine"]);
    // In a process group of its own, so the local Azure ends with it, as a runner ends what is left.
    const script = ["set -em", "export RUNNER_TEMP=$PWD/runner", "mkdir runner", rehearsal, "kill -- -$!"].join("\n");
    const { code, stdout } = await session.bash(script);
    expect(stdout).toContain("traffic  model-1 0 -> 100 (first serving)");
    expect(code).toBe(0);
  });

  test("the second rollout of its README ends with the new model alone", options, async () => {
    cpSync(join(MODELS, "green"), join(session.project, "models", "2"), { recursive: true });
    const commands = session.commandsUnder("A rollout");
    // Back and on again in between, as the README of this repository says.
    const step = "npx mlflow-rollout promote";
    const typed = commands.flatMap((command) =>
      command === step ? [step, ...typedUnder("Going back"), step] : command,
    );
    const weights: unknown[] = [];
    let shown = "";
    for (const command of typed) {
      const output = await session.type(command);
      if (command === step) shown = output.replace(/read back \d+ s/, "read back 1 s").replace(/\(\d+ s\)/, "(1 s)");
      weights.push(await traffic());
    }
    expect(shownOutput(step).filter((line) => !shown.includes(line))).toEqual([]);
    expect(weights).toEqual([
      { "model-1": 100, "model-2": 0 },
      { "model-1": 90, "model-2": 10 },
      { "model-1": 100, "model-2": 0 },
      { "model-1": 90, "model-2": 10 },
      { "model-1": 0, "model-2": 100 },
      { "model-2": 100 },
    ]);
  });

  test("the test of docs/testing.md passes in it", options, async () => {
    const page = readFileSync(join(DOCS, "testing.md"), "utf8");
    const programs = [...page.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
    const rehearsal = programs.find((text) => text.includes("LocalWorkspace")) ?? "";
    writeFileSync(join(session.project, "rehearsal.test.mjs"), rehearsal);
    const { code, stdout } = await session.bash("node --test");
    expect(stdout).toMatch(/pass 2\n/);
    expect(code).toBe(0);
  });

  test("and all of it goes", options, async () => {
    await session.type("pulumi up -c deletionProtection=false", "pulumi destroy");
    expect(await session.type("pulumi stack --show-ids")).toContain("Current stack resources (0)");
  });
});

/** What init makes is CommonJS in TypeScript. */
const OTHERS = CONSUMERS.filter(({ name }) => name !== "CommonJS TypeScript");

describe.concurrent("the packages as npm installs them", () => {
  test.each(OTHERS)("$name: types, preview, up and a step on the local Azure", options, async (kind) => {
    expect(await consumerFailures(session.project, kind, { cli: session.cli })).toEqual([]);
  });
});

/** The commands of a workflow's only job. */
function runsOf(workflow: string): readonly string[] {
  const { jobs } = parse(workflow) as { jobs: { rehearse: { steps: readonly { readonly run?: string }[] } } };
  return jobs.rehearse.steps.flatMap(({ run }) => run ?? []);
}

function textIn(folder: string, path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

async function traffic(): Promise<unknown> {
  return JSON.parse(await session.type("pulumi stack output traffic --json"));
}

/** The request that the README shows. */
function requestOfReadme(): string {
  const [request = ""] = /curl [\s\S]*?(?=\n```)/.exec(textIn(session.project, "README.md")) ?? [];
  return request.replace("curl ", "curl --silent --show-error --fail ");
}
