import { availableParallelism } from "node:os";
import { defineConfig } from "playwright/test";
import { launchOptions } from "./e2e/fixtures/chromium";

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/fixtures/built.ts",
  // Each has a deployment of the built product to itself, which serves all of its tests.
  workers: Math.min(2, availableParallelism()),
  // Ceilings, not measures: a machine under other people's load is slow, and a test that would pass waits for it.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // `npm test` names those that need their second try, and fails when there are several.
  retries: process.env.CI === undefined ? 0 : 1,
  forbidOnly: process.env.CI !== undefined,
  // A folder of its own: Playwright empties it at the start, and other results lie beside it.
  outputDir: "test-results/browser",
  reporter: [["line"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    viewport: { width: 1440, height: 900 },
    // What a trace records of each step takes longer than many steps do. In CI the second try shows what the first did.
    trace: process.env.CI === undefined ? "retain-on-failure" : "on-first-retry",
    launchOptions,
  },
});
