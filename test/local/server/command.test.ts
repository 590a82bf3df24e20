import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AzureClient } from "../../../driver/azureClient";
import { GROUP, LOCATION } from "../../../driver/heartWorkspace";
import { COMMAND } from "../../../driver/paths";
import { EXIT } from "../../../cli/terminal/exitCodes";

/** Nobody but the owner; Windows has no such modes. */
const PRIVATE = process.platform === "win32" ? 0 : 0o077;
type Settings = ConstructorParameters<typeof AzureClient>[0];

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as a user runs it, in an environment without settings for Pulumi. */
class Command {
  private readonly child;
  private readonly output = { stdout: "", stderr: "" };
  private readonly exit: Promise<Ended>;

  constructor(...args: readonly string[]) {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_")));
    this.child = spawn(process.execPath, [COMMAND, "local", ...args], { env });
    for (const name of ["stdout", "stderr"] as const) {
      this.child[name].setEncoding("utf8").on("data", (text: string) => (this.output[name] += text));
    }
    this.exit = once(this.child, "close").then(([code]) => ({ code: code as number | null, ...this.output }));
  }

  /** The first line it prints, once it is there. */
  async line(): Promise<string> {
    const [line] = (await once(createInterface(this.child.stdout), "line")) as [string];
    return line;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  ended(): Promise<Ended> {
    return this.exit;
  }

  stop(signal: NodeJS.Signals = "SIGTERM"): Promise<Ended> {
    this.child.kill(signal);
    return this.exit;
  }
}

let folder: string;
let running: Command[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "local-azure-command-"));
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((command) => command.stop("SIGKILL")));
  rmSync(folder, { recursive: true, force: true });
});

function run(...args: readonly string[]): Command {
  const command = new Command(...args);
  running.push(command);
  return command;
}

const settingsOf = (line: string): Settings & { env: Record<string, string> } =>
  ({ close: () => Promise.resolve(), ...JSON.parse(line) }) as Settings & { env: Record<string, string> };

describe("mlflow-rollout local --json", () => {
  test.each(["SIGTERM", "SIGINT"] as const)(
    "prints one line that is all a client needs, and ends with 0 on %s",
    async (signal) => {
      const command = run("--json");
      const line = await command.line();
      expect(Object.keys(JSON.parse(line) as object)).toEqual([
        "url",
        "ca",
        "subscriptionId",
        "tenantId",
        "clientId",
        "clientSecret",
        "env",
      ]);
      const settings = settingsOf(line);
      const client = new AzureClient(settings);
      expect((await client.arm("PUT", GROUP, { location: LOCATION })).status).toBe(201);
      await client.close();
      expect(await command.stop(signal)).toEqual({ code: 0, stdout: `${line}\n`, stderr: "" });
      expect(existsSync(settings.ca)).toBe(false);
    },
  );

  test("gives the variables for azure-native, Microsoft's SDKs and a Pulumi backend of its own, with absolute paths", async () => {
    const settings = settingsOf(await run("--json", "--data", relative(process.cwd(), folder)).line());
    const { url, ca, subscriptionId, tenantId, clientId, clientSecret, env } = settings;
    expect(env).toMatchObject({
      ARM_METADATA_HOSTNAME: new URL(url).host,
      ARM_SUBSCRIPTION_ID: subscriptionId,
      ARM_TENANT_ID: tenantId,
      ARM_CLIENT_ID: clientId,
      ARM_CLIENT_SECRET: clientSecret,
      AZURE_AUTHORITY_HOST: url,
      AZURE_CLIENT_ID: clientId,
      NODE_EXTRA_CA_CERTS: ca,
      PULUMI_BACKEND_URL: `file://${join(folder, "pulumi-state")}`,
      PULUMI_CONFIG_PASSPHRASE: "",
    });
    expect(dirname(ca)).toBe(folder);
  });

  test("keeps its state in the folder of --data, which one instance uses at a time", async () => {
    const first = run("--json", "--data", folder);
    const client = new AzureClient(settingsOf(await first.line()));
    await client.arm("PUT", GROUP, { location: LOCATION });
    expect(await run("--json", "--data", folder).ended()).toEqual({
      code: 1,
      stdout: "",
      stderr: `mlflow-rollout: another local Azure ML uses the folder ${folder}; stop it or use another folder (it is process ${first.pid}; when that is something else, remove ${join(folder, "lock")})\n`,
    });
    await client.close();
    expect((await first.stop()).code).toBe(0);
    const again = new AzureClient(settingsOf(await run("--json", "--data", folder).line()));
    expect(await again.arm("GET", GROUP)).toMatchObject({ status: 200, body: { name: "heart" } });
    await again.close();
  });

  test("listens on the port and runs the clock at the speed that it is told", async () => {
    const free = new URL(settingsOf(await run("--json").line()).url).port;
    expect((await running[0]?.stop())?.code).toBe(0);
    const client = new AzureClient(settingsOf(await run("--json", "--port", free, "--speed", "60").line()));
    expect(client.azure.url).toBe(`https://localhost:${free}`);
    expect((await client.send("GET", "/_local/clock")).body).toMatchObject({ speed: 60, frozen: false });
    await client.close();
    expect(await run("--port", free).ended()).toMatchObject({
      code: 1,
      stderr: `mlflow-rollout: port ${free} is in use; choose another one\n`,
    });
  });

  test("tells each request on one line with --log text", async () => {
    const command = run("--json", "--log", "text");
    const client = new AzureClient(settingsOf(await command.line()));
    await client.arm("PUT", GROUP, { location: LOCATION });
    await client.close();
    const { tenantId, subscriptionId } = client.azure;
    const { stderr } = await command.stop();
    expect(stderr.replaceAll(/^[\d-]{10}T[\d:.]{12}Z /gm, "").replaceAll(/ [\d.]+ ms$/gm, "")).toBe(
      `POST /${tenantId}/oauth2/v2.0/token 200\nPUT /subscriptions/${subscriptionId}/${GROUP} 201\n`,
    );
  });

  test("tells headers and bodies with --verbose, but no secret", async () => {
    const command = run("--json", "--verbose");
    const client = new AzureClient(settingsOf(await command.line()));
    await client.arm("PUT", GROUP, { location: LOCATION });
    const token = await client.token();
    await client.close();
    const { stderr } = await command.stop();
    expect(stderr).toContain("  > authorization: ***\n");
    expect(stderr).toContain(`  > ${JSON.stringify({ location: LOCATION })}\n`);
    for (const secret of [client.azure.clientSecret, token]) expect(stderr).not.toContain(secret);
  });
});

describe("mlflow-rollout local", () => {
  test("tells a person where it is, and writes the variables where a shell reads them", async () => {
    const command = run("--data", folder);
    expect(await command.line()).toMatch(/^local Azure ML {2}https:\/\/localhost:\d+$/);
    const script = join(folder, "env.sh");
    const { stdout } = await command.stop();
    expect(stdout).toContain(`source ${script}\n`);
    expect(stdout).toContain(`\nstate           ${folder}, Pulumi's too\n`);
    expect(stdout).toMatch(/\nstopped; to continue: npx mlflow-rollout local --data \S+\n$/);
    expect(readFileSync(script, "utf8")).toMatch(/^export ARM_METADATA_HOSTNAME='localhost:\d+'$/m);
    expect(stdout).not.toMatch(/secret/i);
    expect(statSync(script).mode & PRIVATE).toBe(0);
  });

  test("says at the start and at the end that nothing is kept without a folder", async () => {
    const command = run();
    await command.line();
    const { stdout } = await command.stop();
    expect(stdout).toContain(
      "\nstate           in memory, Pulumi's in a temporary folder: both are lost when it stops",
    );
    expect(stdout).toMatch(/\nstopped; its state and Pulumi's are gone \(--data <folder> keeps them\)\n$/);
  });

  test.each([
    [
      "a port that is no port",
      ["--port", "70000"],
      "mlflow-rollout: option '--port <number>' argument '70000' is invalid; it must be a whole number from 0 to 65535",
    ],
    [
      "a port that is no number",
      ["--port", "http"],
      "mlflow-rollout: option '--port <number>' argument 'http' is invalid; it must be a whole number from 0 to 65535",
    ],
    [
      "a speed of 0",
      ["--speed", "0"],
      "mlflow-rollout: option '--speed <factor>' argument '0' is invalid; it must be a number above 0",
    ],
    [
      "a log that is none",
      ["--log", "xml"],
      "mlflow-rollout: option '--log <format>' argument 'xml' is invalid; allowed choices are json, text",
    ],
    [
      "plugins that are none",
      ["--plugins", "fake"],
      "mlflow-rollout: option '--plugins <kind>' argument 'fake' is invalid; allowed choices are stand-in, real",
    ],
    ["an unknown option", ["--bogus"], "mlflow-rollout: unknown option '--bogus'; see mlflow-rollout local --help"],
    ["an argument", ["extra"], "mlflow-rollout: too many arguments for 'local'; expected 0 arguments but got 1"],
  ])("refuses %s in one line", async (_, args, message) => {
    const { code, stdout, stderr } = await run(...args).ended();
    expect({ code, stdout, stderr }).toEqual({ code: EXIT.usage, stdout: "", stderr: `${message}\n` });
  });

  test("refuses a folder that is a file in one line", async () => {
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    const { code, stdout, stderr } = await run("--data", file).ended();
    const message = `mlflow-rollout: the data folder ${file} cannot be used (EEXIST); use another one\n`;
    expect({ code, stdout, stderr }).toEqual({ code: EXIT.failed, stdout: "", stderr: message });
  });
});
