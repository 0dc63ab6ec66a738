import { describe, expect, it } from "vitest";
import { readPlaywright, readVitest } from "./test-results";

describe("the results of vitest", () => {
  const file = (over: object) => ({ name: "/a.test.ts", message: "", assertionResults: [], ...over });
  const one = (status: string, ...failureMessages: string[]) => ({ fullName: "adds", status, failureMessages });

  it("tell what passed, what failed and what needed a second try", () => {
    const assertionResults = [one("passed"), one("failed", "off by one"), one("passed", "late"), one("skipped")];
    expect(readVitest({ testResults: [file({ assertionResults })] })).toEqual({
      passed: 2,
      failed: [{ test: "/a.test.ts › adds", message: "off by one" }],
      passedAtSecondTry: [{ test: "/a.test.ts › adds", message: "late" }],
    });
  });

  it("count a file that could not be loaded as failed", () => {
    expect(readVitest({ testResults: [file({ message: "no such module" })] }).failed).toEqual([
      { test: "/a.test.ts", message: "no such module" },
    ]);
  });

  it("count as failed when there are none", () => {
    expect(readVitest(undefined).failed).toHaveLength(1);
    expect(readPlaywright({}).failed).toHaveLength(1);
  });
});

describe("the results of Playwright", () => {
  const spec = (status: string, ...messages: string[]) => ({
    title: `is ${status}`,
    file: "a.spec.ts",
    tests: [{ status, results: messages.map((message) => ({ errors: [{ message }] })) }],
  });

  it("tell the same, however deep a test lies", () => {
    const inner = { specs: [spec("flaky", "late"), spec("skipped")] };
    const report = { suites: [{ specs: [spec("expected"), spec("unexpected", "gone")], suites: [inner] }] };
    expect(readPlaywright(report)).toEqual({
      passed: 2,
      failed: [{ test: "a.spec.ts › is unexpected", message: "gone" }],
      passedAtSecondTry: [{ test: "a.spec.ts › is flaky", message: "late" }],
    });
  });
});
