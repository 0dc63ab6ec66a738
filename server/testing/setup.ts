import { afterEach, beforeEach, expect, vi } from "vitest";

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
