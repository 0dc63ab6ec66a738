import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;
const shared = { resolve: { alias: { "@": root } } };
// What every process needs to start; no test depends on its value.
const env = {
  CONDUCTOR_SECRET: "a secret of tests, at least 32 characters long",
  LOG_LEVEL: "silent",
  // Targets of tests are on this machine.
  EGRESS_ALLOW: "127.0.0.0/8",
};
// Ceilings, not measures: a machine under other people's load is slow, and a test that would pass waits for it.
const patience = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 30_000 } } };
const excluded = ["**/node_modules/**", ".next/**"];

/** They start a flag server that `npm test` installs, and keep it to times: a stage of their own. */
const FLAG_SERVER = "e2e/unleash/**/*.test.ts";

/** They change what a process holds once: its environment, its log, its tracing, a module. Each has a process of its own. */
const ALONE = [
  "db/*.test.ts",
  "jobs/cli/**/*.test.ts",
  "server/health/*.test.ts",
  "server/platform/**/*.test.ts",
  "server/trpc/http.test.ts",
];
const ALONE_ON_DATABASE = [
  "e2e/conformance/both-engines.db.test.ts",
  "jobs/engine/worker-late-claim.db.test.ts",
  "jobs/runs/secrets.db.test.ts",
  "jobs/runs/steps.db.test.ts",
  "jobs/runs/tracing.db.test.ts",
  "server/billing/get-licence.db.test.ts",
  "server/drills/*.db.test.ts",
  "server/mitigations/*.db.test.ts",
  "server/slos/*.db.test.ts",
  "server/trpc/scenarios-*.db.test.ts",
];
// The others share what they import, file after file: importing it anew for each took as long as the tests.
const together = { isolate: false };
const onDatabase = { globalSetup: ["db/testing/global-setup.ts"] };
const each = { env, setupFiles: ["server/testing/setup.ts"], ...patience };

export default defineConfig({
  ...shared,
  test: {
    // `npm test` names those that need their second try, and fails when there are several.
    retry: process.env.CI === undefined ? 0 : 1,
    // Vitest leaves one processor to itself, and needs little of it: of two, that is half.
    maxWorkers: availableParallelism(),
    coverage: {
      provider: "v8",
      include: ["server/**", "db/**", "jobs/**", "policies/**"],
      exclude: [
        "**/*.test.ts",
        "**/testing/**",
        "db/migrations/**",
        "policies/generated/**",
        "**/*.{yaml,rego}",
        "jobs/cli/bootstrap.mjs",
        // Run by the interpreters that they are written for.
        "server/bundles/verifiers/**",
      ],
      reporter: ["text-summary", "json-summary", "html"],
      reportOnFailure: true,
      thresholds: { lines: 80 },
    },
    projects: [
      {
        ...shared,
        test: {
          ...each,
          ...together,
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...excluded, ...ALONE, "**/*.db.test.ts", FLAG_SERVER],
        },
      },
      {
        ...shared,
        test: { ...each, name: "unit, alone", include: ALONE, exclude: [...excluded, "**/*.db.test.ts", FLAG_SERVER] },
      },
      {
        ...shared,
        test: {
          ...{ ...each, ...onDatabase, ...together, name: "integration" },
          ...{ include: ["**/*.db.test.ts"], exclude: [...excluded, ...ALONE_ON_DATABASE] },
        },
      },
      { ...shared, test: { ...each, ...onDatabase, name: "integration, alone", include: ALONE_ON_DATABASE } },
      {
        ...shared,
        // A server that starts anew inside of a test may take a minute on a machine under load.
        test: { ...each, testTimeout: 180_000, name: "flag server", include: [FLAG_SERVER], exclude: excluded },
      },
    ],
  },
});
