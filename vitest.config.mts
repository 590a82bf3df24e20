import { defineConfig } from "vitest/config";

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
    maxWorkers: "100%",
    // Pulumi's SDK takes a second to load: once for each worker, and not for each file.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: false,
  },
});
