import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["test/**/*.test.ts"],
    expect: { requireAssertions: true },
    pool: "forks",
    allowOnly: false,
  },
});
