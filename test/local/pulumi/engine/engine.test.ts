import { chmodSync, mkdirSync, readFileSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findEngine, prepareEngine } from "azure-mlflow-rollout-local";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../support/temporaryFolder";

/** A folder with a program of that name, which prints a version as the Pulumi CLI does, and its list of plugins. */
function programIn(folder: string, name: string, version: string, plugins = "[]"): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n[ "$1" = plugin ] && echo '${plugins}' || echo ${version}\n`);
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
    expect(engine?.plugins).toBe("stand-in");
    expect(engine?.env["PATH"]).toBe([bin, join(folder, "empty")].join(delimiter));
    expect(engine?.env["PULUMI_HOME"]).toBe(engine?.home);
    expect(pluginsIn(engine?.home)).toEqual([
      "language-nodejs-v3.259.0/pulumi-language-nodejs",
      "resource-azure-native-v3.28.0/pulumi-resource-azure-native",
      "resource-random-v4.21.2/pulumi-resource-random",
    ]);
  });

  test("a language host on PATH is used", async () => {
    const folder = temporaryFolder({});
    programIn(join(folder, "bin"), "pulumi", "v3.259.0");
    programIn(join(folder, "bin"), "pulumi-language-nodejs", "");
    const engine = await findEngine(environment(folder, join(folder, "bin")));
    expect(pluginsIn(engine?.home).filter((path) => path.startsWith("language"))).toEqual([]);
  });
});

describe("the stand-ins", () => {
  test("are there in the versions of the project too, since the engine takes no other version", async () => {
    const folder = temporaryFolder({
      "project/node_modules/@pulumi/azure-native/package.json": '{"version": "3.30.1"}',
    });
    programIn(join(folder, "bin"), "pulumi", "v3.259.0");
    const engine = await findEngine(environment(folder, join(folder, "bin")), join(folder, "project"));
    const installed = pluginsIn(engine?.home).filter((path) => path.startsWith("resource-azure-native"));
    expect(installed).toEqual([
      "resource-azure-native-v3.28.0/pulumi-resource-azure-native",
      "resource-azure-native-v3.30.1/pulumi-resource-azure-native",
    ]);
    for (const path of installed)
      expect(readFileSync(join(engine?.home ?? "", "plugins", path), "utf8")).toContain("azureNative/main.js");
  });

  test("keep out of a home that the user has named, and are found by several at once", async () => {
    const folder = temporaryFolder({ "home/keep": "" });
    programIn(join(folder, "bin"), "pulumi", "v3.259.0");
    const env = { ...environment(folder, join(folder, "bin")), PULUMI_HOME: join(folder, "home") };
    const engines = await Promise.all([findEngine(env), findEngine(env), findEngine(env)]);
    expect(new Set(engines.map((engine) => engine?.home)).size).toBe(1);
    expect(readdirSync(join(folder, "home"))).toEqual(["keep"]);
    expect(realpathSync(engines[0]?.home ?? "")).toContain(realpathSync(join(folder, "cache")));
  });

  test("ask fast how an operation goes, which the real ones cannot be told", async () => {
    const folder = temporaryFolder({});
    programIn(join(folder, "bin"), "pulumi", "v3.259.0");
    const engine = await findEngine(environment(folder, join(folder, "bin")));
    expect(engine?.env).toMatchObject({ LOCAL_PULUMI_POLLING: "fast" });
  });
});

describe("plugins that are asked for by LOCAL_PULUMI_PLUGINS", () => {
  const find = async (answer: string, plugins: string) => {
    const folder = temporaryFolder({});
    programIn(join(folder, "bin"), "pulumi", "v3.259.0", answer);
    const env = { ...environment(folder, join(folder, "bin")), LOCAL_PULUMI_PLUGINS: plugins };
    return findEngine({ ...env, PULUMI_HOME: join(folder, "home") });
  };

  test("are used when they are real and installed, in the user's own home", async () => {
    const installed = [
      { name: "azure-native", version: "3.28.0" },
      { name: "random", version: "4.21.2" },
    ];
    const engine = await find(JSON.stringify(installed), "real");
    expect(engine?.plugins).toBe("real");
    expect(engine?.home).toMatch(/home$/);
    expect(engine?.env).not.toHaveProperty("LOCAL_PULUMI_POLLING");
  });

  test("are refused when they are real and not there", async () => {
    await expect(find("[]", "real")).rejects.toThrow(
      'the real plugins azure-native and random are asked for and not installed; run "npx mlflow-rollout engine --plugins real"',
    );
  });

  test("are refused when they are of another kind", async () => {
    const message = 'LOCAL_PULUMI_PLUGINS must be real or stand-in, got "fake"';
    await expect(find("[]", "fake")).rejects.toThrow(message);
    await expect(prepareEngine(() => undefined, { LOCAL_PULUMI_PLUGINS: "fake" })).rejects.toThrow(message);
  });
});

/** What is installed in a `PULUMI_HOME`, as folder and program. */
function pluginsIn(home: string | undefined): readonly string[] {
  const plugins = join(home ?? "", "plugins");
  return readdirSync(plugins)
    .toSorted()
    .flatMap((folder) => readdirSync(join(plugins, folder)).map((program) => `${folder}/${program}`));
}

function environment(folder: string, path: string): NodeJS.ProcessEnv {
  return { PATH: path, LOCAL_PULUMI_CACHE: join(folder, "cache"), HOME: folder };
}
