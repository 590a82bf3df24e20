import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findEngine, prepareEngine } from "azure-mlflow-rollout-local";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder";

/** A folder with a program of that name, which prints a version as the Pulumi CLI does. */
function programIn(folder: string, name: string, version: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho ${version}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("the engine is the first that can be had", () => {
  test("of PATH, when it is new enough", async () => {
    const folder = temporaryFolder({});
    const cli = programIn(join(folder, "bin"), "pulumi", "v3.245.0");
    const engine = await findEngine(environment(folder, join(folder, "bin")));
    expect(engine?.cli).toEqual({ path: cli, origin: "PATH" });
  });

  test.each(["v3.244.9", "v2.30.0", "none"])("of PATH is passed over when it is %s", async (version) => {
    const folder = temporaryFolder({});
    programIn(join(folder, "bin"), "pulumi", version);
    expect(await findEngine(environment(folder, join(folder, "bin")))).toBeUndefined();
  });

  test("then one that was built, with stand-ins and the small language host where there are no others", async () => {
    const folder = temporaryFolder({});
    const bin = join(folder, "cache", "engine", `v3.259.0-${process.platform}-${process.arch}`, "bin");
    const cli = programIn(bin, "pulumi", "v3.259.0");
    const engine = await findEngine(environment(folder, join(folder, "empty")));
    expect(engine?.cli).toEqual({ path: cli, origin: "built from Go modules" });
    expect(engine?.providers).toBe("stand-in");
    expect(engine?.env["PATH"]).toMatch(/plugins\/providers:.*plugins\/language:/);
  });

  test("a language host on PATH is used", async () => {
    const folder = temporaryFolder({});
    programIn(join(folder, "bin"), "pulumi", "v3.259.0");
    programIn(join(folder, "bin"), "pulumi-language-nodejs", "");
    const engine = await findEngine(environment(folder, join(folder, "bin")));
    expect(engine?.env["PATH"]).not.toContain("plugins/language");
  });
});

test("plugins of another kind than real and stand-in are refused", async () => {
  const folder = temporaryFolder({});
  programIn(join(folder, "bin"), "pulumi", "v3.259.0");
  const env = { ...environment(folder, join(folder, "bin")), MLFLOW_ROLLOUT_PROVIDERS: "fake" };
  await expect(prepareEngine(() => undefined, env)).rejects.toThrow(
    'MLFLOW_ROLLOUT_PROVIDERS must be real or stand-in, got "fake"',
  );
});

function environment(folder: string, path: string): NodeJS.ProcessEnv {
  return { PATH: path, MLFLOW_ROLLOUT_CACHE: join(folder, "cache"), HOME: folder };
}
