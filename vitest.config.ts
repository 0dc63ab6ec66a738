import { defineConfig } from "vitest/config";

const root = import.meta.dirname;
const shared = { resolve: { alias: { "@": root } } };
// What every process needs to start; no test depends on its value.
const env = { CONDUCTOR_SECRET: "a secret of tests, at least 32 characters long", LOG_LEVEL: "silent" };
// Ceilings, not measures: a machine under other people's load is slow, and a test that would pass waits for it.
const patience = { testTimeout: 60_000, hookTimeout: 60_000 };
const excluded = ["**/node_modules/**", ".next/**"];

export default defineConfig({
  ...shared,
  test: {
    // `npm test` names those that need their second try, and fails when there are several.
    retry: process.env.CI === undefined ? 0 : 1,
    coverage: {
      provider: "v8",
      include: ["server/**", "db/**", "jobs/**", "policies/**"],
      exclude: ["**/*.test.ts", "**/testing/**", "db/migrations/**", "jobs/cli/bootstrap.mjs"],
      reporter: ["text-summary", "json-summary", "html"],
      reportOnFailure: true,
      thresholds: { lines: 80 },
    },
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          env,
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...excluded, "**/*.db.test.ts"],
          setupFiles: ["server/testing/setup.ts"],
          ...patience,
        },
      },
      {
        ...shared,
        test: {
          name: "integration",
          env,
          include: ["**/*.db.test.ts"],
          exclude: excluded,
          globalSetup: ["db/testing/global-setup.ts"],
          setupFiles: ["server/testing/setup.ts"],
          ...patience,
        },
      },
    ],
  },
});
