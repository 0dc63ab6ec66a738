import { defineConfig } from "playwright/test";
import { launchOptions } from "./e2e/fixtures/chromium";

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  // One deployment of the built product serves all tests; each makes tenants of its own in it.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // A machine under other people's load may lose one race; a test that needs its second try is named in the output.
  retries: process.env.CI === undefined ? 0 : 1,
  forbidOnly: process.env.CI !== undefined,
  // A folder of its own: Playwright empties it at the start, and other results lie beside it.
  outputDir: "test-results/browser",
  reporter: [["line"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions,
  },
});
