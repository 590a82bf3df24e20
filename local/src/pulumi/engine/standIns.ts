import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { PLUGIN_VERSIONS } from "./plugins";

/** The programs that stand in for plugins, as they lie in this package. */
export const STAND_INS = join(__dirname, "..", "..", "..", "pulumi", "plugins");
/** The engine takes a language host of any version. */
const LANGUAGE_HOST_VERSION = "3.259.0";

/**
 * Puts the stand-in providers where the engine looks for installed plugins. It takes a plugin of exactly the version of
 * its npm package, so they are there in the version that the component is tested with and in that of the project.
 *
 * @param home - a `PULUMI_HOME`
 * @param project - folder of the Pulumi project
 */
export function installStandIns(home: string, project: string): void {
  for (const [name, tested] of Object.entries(PLUGIN_VERSIONS)) {
    const program = `pulumi-resource-${name}`;
    for (const version of new Set([tested, packageVersion(`@pulumi/${name}`, project) ?? tested]))
      place(join(STAND_INS, "providers", program), join(home, "plugins", `resource-${name}-v${version}`, program));
  }
}

/** Puts the small Node language host there, for a CLI that has none beside it. */
export function installLanguageHost(home: string): void {
  const program = "pulumi-language-nodejs";
  const folder = join(home, "plugins", `language-nodejs-v${LANGUAGE_HOST_VERSION}`);
  place(join(STAND_INS, "language", program), join(folder, program));
}

function packageVersion(name: string, project: string): string | undefined {
  try {
    const manifest = require.resolve(`${name}/package.json`, { paths: [project] });
    return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
  } catch {
    return undefined;
  }
}

/** Other processes may do the same at the same time. */
function place(program: string, link: string): void {
  mkdirSync(dirname(link), { recursive: true });
  try {
    symlinkSync(program, link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
