import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";
import type { TestSpecification } from "vitest/node";

/** Where the files are that take longest. */
const LONG = [/\/test\/verbs\//, /\/test\/sessions\//, /\/test\/(engine|python|browser|examples)\/|\/exhaustive/];

/** Long files first, so that no worker is left alone with one at the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = LONG.findIndex((pattern) => pattern.test(moduleId));
      return found === -1 ? LONG.length : found;
    };
    // oxlint-disable-next-line no-array-sort -- the sequencer's, which is no array's
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "test",
          include: ["test/**/*.test.ts"],
          exclude: ["test/sessions/**", "test/verbs/**", "test/plugins/**"],
        },
      },
      // Long ones, which "npm run prove sessions" runs.
      { extends: true, test: { name: "sessions", include: ["test/sessions/**/*.test.ts"] } },
      // The verbs on the real engine, each refusal and kill; "npm run test:verbs" runs them, and the part above too.
      {
        extends: true,
        test: { name: "verbs", include: ["test/verbs/**/*.test.ts"], exclude: ["test/verbs/fleet.test.ts"] },
      },
      // A fleet on the real engine takes long, and grows with its variables; "npm run test:fleet" runs it.
      { extends: true, test: { name: "fleet", include: ["test/verbs/fleet.test.ts"] } },
      // With Pulumi's own plugins, which have to be downloaded.
      { extends: true, test: { name: "plugins", include: ["test/plugins/**/*.test.ts"] } },
    ],
    setupFiles: ["test/support/setup.ts"],
    globalSetup: ["test/support/build.ts", "test/apiSpec/globalSetup.ts"],
    reporters: ["default", "./test/support/closingLine.ts"],
    expect: { requireAssertions: true },
    pool: "forks",
    // Files with the real engine wait for its processes a third of the time.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    sequence: { sequencer: LongFirst },
    // Pulumi's SDK takes a second to load: once for each worker, and not for each file.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: false,
  },
});
