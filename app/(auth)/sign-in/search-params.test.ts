import { describe, expect, it } from "vitest";
import { destinationOf } from "./search-params";

describe("where a sign-in leads", () => {
  it.each([
    ["/t/acme/runs?q=x", "/t/acme/runs?q=x"],
    [undefined, "/"],
    ["https://elsewhere.test/", "/"],
    ["//elsewhere.test", "/"],
    ["/\\elsewhere.test", "/"],
    ["javascript:alert(1)", "/"],
    [["/a", "/b"], "/"],
  ])("%j leads to %s", (given, destination) => {
    expect(destinationOf({ callbackUrl: given })).toBe(destination);
  });
});
