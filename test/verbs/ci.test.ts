import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { EXIT } from "../../cli/terminal/exitCodes";
import { Runner, stepsOf } from "../support/pipeline";
import { TIMEOUT_MS, VerbSession } from "../support/verbSession";

vi.setConfig({ testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS });

/** One rollout of a repository, first by the workflow of GitHub, then by that of Azure Pipelines. */
let session: VerbSession;
let github: Runner;
let azure: Runner;

const OK = { code: 0, stderr: "" };

beforeAll(async () => {
  session = await VerbSession.open(true);
  github = Runner.of(session.project, "github/azure.yml");
  azure = Runner.of(session.project, "azure-pipelines/azure-pipelines.yml");
  await session.init();
  await session.project.must("git init --quiet --bare --initial-branch main ../origin.git");
  await session.project.must("git init --quiet --initial-branch main && git remote add origin ../origin.git");
  await session.project.must("git config user.name ada && git config user.email ada@localhost");
  await session.project.must("git add --all && git commit --quiet --message first && git push --quiet -u origin main");
});

afterAll(() => session.close());

/** Stack config as the repository has it, and who wrote it. */
async function kept(): Promise<{ readonly config: string; readonly by: string }> {
  await session.project.must("git fetch --quiet");
  const by = await session.project.must("git log -1 --format='%an: %s' origin/main");
  return { config: await session.project.must("git show origin/main:Pulumi.dev.yaml"), by: by.trim() };
}

describe("GitHub Actions", () => {
  test("after a merge stack config is applied", async () => {
    expect(await github.run("Update")).toMatchObject(OK);
    expect(await session.azure.liveTraffic()).toEqual({ "model-1": 100 });
  });

  test("a verb that was approved moves the rollout, and its config is in the repository", async () => {
    const verb = { VERB: "start", MODEL: "models/2", MESSAGE: "trained on May's data" };
    expect(await github.run("Move", verb)).toMatchObject(OK);
    expect(await github.run("Keep stack config", verb)).toMatchObject({ code: 0 });
    expect(await github.run("Wait")).toMatchObject({ code: 0 });
    const { config, by } = await kept();
    expect(by).toBe("github-actions[bot]: mlflow-rollout start");
    expect(config).toBe(session.fileText());
    expect(config).toContain("candidateTraffic: 0\n");
  });

  test("a pull request gets the plan as a comment", async () => {
    const file = session.fileText() ?? "";
    session.project.write("Pulumi.dev.yaml", file.replace("candidateTraffic: 0", "candidateTraffic: 10"));
    expect(await github.run("Plan")).toMatchObject({ code: 0 });
    expect(await github.run("Comment", { NUMBER: "7" })).toMatchObject(OK);
    expect(session.project.read("gh.args").split("\n")).toEqual([
      ...["pr", "comment", "7", "--edit-last", "--create-if-none", "--body-file", "plan.md", ""],
    ]);
    expect(session.project.read("plan.md")).toContain("traffic  model-1 100 -> 90, model-2 0 -> 10");
    session.project.write("Pulumi.dev.yaml", file);
  });
});

describe("Azure Pipelines", () => {
  test("a pull request gets a plan that is refused as a comment too, and fails", async () => {
    const file = session.fileText() ?? "";
    const paused = "  heart:rollout:\n    paused: release freeze\n  heart:candidateTraffic: 10";
    session.project.write("Pulumi.dev.yaml", file.replace("  heart:candidateTraffic: 0", paused));
    expect(await azure.run("Plan")).toMatchObject({ code: EXIT.refused });
    session.project.write("Pulumi.dev.yaml", file);
    const pull = { SYSTEM_COLLECTIONURI: "https://dev.azure.com/ada/", SYSTEM_TEAMPROJECTID: "p" };
    const variables = {
      ...pull,
      BUILD_REPOSITORY_ID: "r",
      SYSTEM_PULLREQUEST_PULLREQUESTID: "7",
      SYSTEM_ACCESSTOKEN: "t",
    };
    expect(await azure.run("Comment", variables)).toMatchObject(OK);
    expect(session.project.read("az.args")).toContain(
      "https://dev.azure.com/ada/p/_apis/git/repositories/r/pullRequests/7/threads?api-version=7.1",
    );
    expect(session.project.read("plan.md")).toContain("A rule refuses this step");
    expect(JSON.parse(session.project.read("thread.json"))).toEqual({
      status: "closed",
      comments: [{ parentCommentId: 0, commentType: "text", content: session.project.read("plan.md") }],
    });
  });

  test("a verb that was approved moves the rollout from the newest config, and its config is in the repository", async () => {
    const verb = { VERB: "promote", MODEL: "none", MESSAGE: "p95 is fine" };
    expect(await azure.run("Newest config")).toMatchObject({ code: 0 });
    expect(await azure.run("Move", verb)).toMatchObject(OK);
    expect(await azure.run("Keep stack config", verb)).toMatchObject({ code: 0 });
    const { config, by } = await kept();
    expect(by).toBe("Azure Pipelines: mlflow-rollout promote");
    expect(config).toContain("candidateTraffic: 10\n");
    expect(await session.azure.liveTraffic()).toEqual({ "model-1": 90, "model-2": 10 });
  });

  test("after a pause nothing is waited for, and that is no failure", async () => {
    expect(await azure.run("Move", { VERB: "pause", MODEL: "none", MESSAGE: "release freeze" })).toMatchObject(OK);
    const { code, stdout } = await azure.run("Wait");
    expect({ code, isPaused: stdout.includes("paused: release freeze") }).toEqual({ code: 0, isPaused: true });
  });

  test("with nothing to keep, nothing is committed; as it stands, config is applied", async () => {
    await session.project.must("git commit --quiet --all --message paused && git push --quiet");
    expect(await azure.run("Keep stack config", { VERB: "update" })).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await azure.run("Move", { VERB: "update", MODEL: "none", MESSAGE: "by hand" })).toMatchObject(OK);
  });
});

test("the recipes name no secret", () => {
  for (const file of ["github/azure.yml", "azure-pipelines/azure-pipelines.yml"])
    expect(JSON.stringify(stepsOf(file))).not.toMatch(/secret|password/i);
});
