import { z } from "zod";

/** One test that failed, at least once: its name and what was said of it. */
export interface Failure {
  test: string;
  message: string;
}

export interface TestResults {
  passed: number;
  failed: readonly Failure[];
  /** Tests that failed and then passed. They count as passed too. */
  passedAtSecondTry: readonly Failure[];
}

/** A stage that left no results, or some that cannot be read, has failed. */
const unread = (what: string): TestResults => ({
  passed: 0,
  failed: [{ test: what, message: "left no results" }],
  passedAtSecondTry: [],
});

const vitestSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

/** What vitest's JSON report says. */
export function readVitest(report: unknown): TestResults {
  const parsed = vitestSchema.safeParse(report);
  if (!parsed.success) return unread("vitest");
  const files = parsed.data.testResults;
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
  const failures = (status: string) =>
    tests
      .filter((test) => test.status === status && test.failureMessages.length > 0)
      .map((test) => ({ test: `${test.file} › ${test.fullName}`, message: test.failureMessages.join("\n") }));
  // A file that could not be loaded holds no test that failed.
  const unloaded = files
    .filter((file) => file.message !== "")
    .map((file) => ({ test: file.name, message: file.message }));
  return {
    passed: tests.filter((test) => test.status === "passed").length,
    failed: [...failures("failed"), ...unloaded],
    passedAtSecondTry: failures("passed"),
  };
}

const specSchema = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      status: z.enum(["expected", "unexpected", "flaky", "skipped"]),
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().optional() })).optional() })),
    }),
  ),
});
const suiteSchema = z.object({
  specs: z.array(specSchema),
  get suites() {
    return z.array(suiteSchema).optional();
  },
});
const playwrightSchema = z.object({ suites: z.array(suiteSchema) });

const specsOf = (suite: z.infer<typeof suiteSchema>): z.infer<typeof specSchema>[] => [
  ...suite.specs,
  ...(suite.suites ?? []).flatMap(specsOf),
];

/** What Playwright's JSON report says. */
export function readPlaywright(report: unknown): TestResults {
  const parsed = playwrightSchema.safeParse(report);
  if (!parsed.success) return unread("playwright");
  const tests = parsed.data.suites
    .flatMap(specsOf)
    .flatMap((spec) => spec.tests.map((test) => ({ ...test, name: `${spec.file} › ${spec.title}` })));
  const failures = (status: string) =>
    tests
      .filter((test) => test.status === status)
      .map(({ name, results }) => ({
        test: name,
        message: results.flatMap(({ errors = [] }) => errors.map(({ message = "" }) => message)).join("\n"),
      }));
  return {
    passed: tests.filter((test) => test.status === "expected" || test.status === "flaky").length,
    failed: failures("unexpected"),
    passedAtSecondTry: failures("flaky"),
  };
}
