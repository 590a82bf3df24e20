import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../../../driver/paths";

const PLUGINS = join(ROOT, "local", "pulumi", "plugins");
/** Starts a plugin as the engine does, and then only waits. */
const ENGINE = `
  require("node:child_process").spawn(process.execPath, [process.argv[1]], { stdio: "inherit" });
  setInterval(() => undefined, 60_000);
`;

test.each([
  "providers/pulumi-resource-azure-native",
  "providers/pulumi-resource-random",
  "language/pulumi-language-nodejs",
])("%s ends when its engine has been killed", async (plugin) => {
  const engine = spawn(process.execPath, ["-e", ENGINE, join(PLUGINS, plugin)], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [port] = (await once(engine.stdout, "data")) as [Buffer];
  expect(port.toString()).toMatch(/^\d+\n$/);
  engine.kill("SIGKILL");
  // The plugin has the other end of it.
  engine.stdout.resume();
  await once(engine.stdout, "close");
});
