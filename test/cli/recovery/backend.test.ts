import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import type { FakeAnswer } from "../../support/fakePulumi";
import { FakePulumi } from "../../support/fakePulumi";
import { exportedStack, pending, resourceState } from "../../support/exportedStack";
import { COMMAND } from "../../../driver/paths";
import { EXIT } from "../../../cli/terminal/exitCodes";

const NOTHING = { typed: "preview", stdout: JSON.stringify({ steps: [] }) };
const PENDING = exportedStack(
  [pending("creating", resourceState("random:index/randomString:RandomString", "seal"))],
  [],
);

function about(backend: string): FakeAnswer {
  const currentStack = { name: "dev", fullyQualifiedName: "acme/heart/dev" };
  return { typed: "about", stdout: JSON.stringify({ backend: { url: backend }, currentStack }) };
}

function exported(stack: object): FakeAnswer {
  return { typed: "stack export", stdout: JSON.stringify(stack) };
}

/** Types `mlflow-rollout recover --yes` and, once pulumi was typed so, sends Ctrl+C. */
async function recover(answers: readonly FakeAnswer[], flags: readonly string[] = [], interruptAt?: string) {
  const fake = new FakePulumi(answers);
  mkdirSync(join(fake.folder, "home"));
  const child = spawn(process.execPath, [COMMAND, "recover", "--yes", ...flags], {
    cwd: fake.folder,
    env: fake.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  if (interruptAt !== undefined) {
    while (!fake.typed.some((typed) => typed.startsWith(interruptAt)))
      await new Promise((resolve) => setImmediate(resolve));
    child.kill("SIGINT");
  }
  const [stdout, stderr] = await ended;
  return { code: child.exitCode, stdout, stderr, typed: fake.typed, home: join(fake.folder, "home") };
}

describe("a backend whose locks only Pulumi can see", () => {
  test.each(["s3://bucket?region=eu", "azblob://states", "gs://states", "https://app.pulumi.com/ada"])(
    "%s: that is said in a line",
    async (backend) => {
      const { code, stdout } = await recover([about(backend), exported(exportedStack([], [])), NOTHING]);
      expect(stdout).toBe(
        `lock    whether one is held cannot be seen in ${backend}; if one is, give --force, which is "pulumi cancel"\n` +
          "nothing is pending in acme/heart/dev, no lock can be seen, and Azure has nothing that the state lacks; a preview has no changes\n",
      );
      expect(code).toBe(0);
    },
  );

  test("the password in its address is not shown", async () => {
    const { stdout } = await recover([
      about("postgres://ada:s3cret@db/states"),
      exported(exportedStack([], [])),
      NOTHING,
    ]);
    expect(stdout).toContain("cannot be seen in postgres://ada:[redacted]@db/states;");
  });

  test("with --force the update is cancelled, then gone on with", async () => {
    const answers = [
      about("s3://bucket"),
      exported(exportedStack([], [])),
      NOTHING,
      { typed: "cancel" },
      { typed: "up" },
    ];
    const { code, typed } = await recover(answers, ["--force"]);
    expect(typed.slice(-2)).toEqual(["cancel --yes --stack dev", "up --stack dev --yes"]);
    expect(code).toBe(0);
  });

  test("a state that cannot be written for a lock says how to go on", async () => {
    const refused = {
      typed: "stack import",
      stderr: "[409] Conflict: Another update is currently in progress.",
      code: 255,
    };
    const { code, stderr } = await recover([about("https://app.pulumi.com/ada"), exported(PENDING), NOTHING, refused]);
    expect(stderr).toContain("If you know that its owner is gone, run this command again with --force\n");
    expect(code).toBe(EXIT.conflict);
  });
});

test("a program whose preview fails is told of, when there is nothing else", async () => {
  const failing = { ...NOTHING, code: 255, stderr: "error: no such module" };
  const { code, stdout } = await recover([about("s3://bucket"), exported(exportedStack([], [])), failing]);
  expect(stdout).toContain("Azure has nothing that the state lacks\nthe preview of the program fails:\n");
  expect(stdout).toContain("error: no such module");
  expect(code).toBe(1);
});

describe("config that no update has applied, as a command leaves it that is killed before its update began", () => {
  const step = { op: "update", urn: "urn:pulumi:dev::heart::a:b:C$azure-native:resources:Deployment::heart-traffic" };
  const preview = { typed: "preview", stdout: JSON.stringify({ steps: [step, { op: "same", urn: "urn:x::y" }] }) };
  const answers = [about("s3://bucket"), exported(exportedStack([], [])), preview];

  test("is named, and the update goes on", async () => {
    const { code, stdout, typed } = await recover([...answers, { typed: "up" }]);
    expect(stdout).toContain(
      "no update has applied yet what the program and stack config declare:\n" +
        "  update  Deployment  heart-traffic\n" +
        "to put stack config back as the last update had it: pulumi config refresh --stack dev (comments are lost)\n" +
        "running pulumi up --stack dev --yes\n",
    );
    expect(typed.at(-1)).toBe("up --stack dev --yes");
    expect(code).toBe(0);
  });

  test("is nothing that a destroy goes on with", async () => {
    const { code, stdout, typed } = await recover(answers, ["--destroy"]);
    expect(stdout).toContain('Azure has nothing that the state lacks; run "pulumi destroy"\n');
    expect(typed).not.toContainEqual(expect.stringMatching(/^(preview|up|destroy)/));
    expect(code).toBe(0);
  });
});

describe("Ctrl+C", () => {
  test("while something is read ends at once, with nothing written", async () => {
    const answers = [about("s3://bucket"), exported(PENDING), { ...NOTHING, hangs: true }];
    const { code, stderr, home } = await recover(answers, [], "preview");
    expect(stderr).toBe('mlflow-rollout: interrupted, nothing was written; run "mlflow-rollout recover" again\n');
    expect(code).toBe(130);
    expect(readdirSync(home)).toEqual([]);
  });

  test("while the state is written lets that end, and goes no further", async () => {
    const answers = [about("s3://bucket"), exported(PENDING), NOTHING, { typed: "stack import", interrupts: true }];
    const { code, stderr, typed } = await recover(answers);
    expect(stderr).toBe('mlflow-rollout: interrupted, nothing is half-written; run "mlflow-rollout recover" again\n');
    expect(code).toBe(130);
    expect(typed.at(-1)).toBe("stack import --stack dev");
  });

  test("while pulumi up runs is passed on to it, once, and says how to go on", async () => {
    const answers = [
      about("s3://bucket"),
      exported(PENDING),
      NOTHING,
      { typed: "stack import" },
      { typed: "up", hangs: true },
    ];
    const { code, stdout, home } = await recover(answers, [], "up");
    expect(stdout).toContain(
      'interrupted, pulumi up may have left something pending; run "mlflow-rollout recover" again\n',
    );
    expect(code).toBe(EXIT.interrupted);
    const [kept = ""] = readdirSync(join(home, "mlflow-rollout"));
    expect(JSON.parse(readFileSync(join(home, "mlflow-rollout", kept), "utf8"))).toEqual(PENDING);
  });
});
