import { afterEach, beforeEach, expect, vi } from "vitest";

// What the process's own configuration would be; tests that need another one parse their own (parseEnv).
process.env.CONDUCTOR_SECRET ??= "a secret of tests, at least 32 characters long";
process.env.LOG_LEVEL ??= "silent";

// A test that makes the product complain has found something, whether or not it asserts about it.
const complaints: unknown[][] = [];

beforeEach(() => {
  complaints.length = 0;
  vi.spyOn(console, "error").mockImplementation((...args: unknown[]) => {
    complaints.push(args);
  });
});

afterEach(() => {
  expect(complaints, "unexpected console.error").toEqual([]);
});
