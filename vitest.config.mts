import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/seed.ts"],
    globalSetup: ["test/support/build.ts", "test/contract/globalSetup.ts"],
    reporters: ["default", "./test/support/closingLine.ts"],
    expect: { requireAssertions: true },
    pool: "forks",
    maxWorkers: "100%",
    // Pulumi's SDK takes a second to load: once for each worker, and not for each file.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: false,
  },
});
