import { describe, expect, it } from "vitest";
import { hostOf, hostRule, isHostAllowed } from "./hosts";

describe("hostRule", () => {
  it.each([
    ["api.example.com", "api.example.com"],
    ["API.Example.COM", "api.example.com"],
    ["*.Example.com", "*.example.com"],
    ["localhost", "localhost"],
    ["127.1", "127.0.0.1"],
    ["[::1]", "[::1]"],
    ["bücher.example", "xn--bcher-kva.example"],
  ])("writes %s as %s", (text, rule) => {
    expect(hostRule(text)).toBe(rule);
  });

  it.each([
    ...["", "*", "*.", "*.com", "*.127.0.0.1", "*.*.example.com", "a.*.example.com", "example.com:443", "example.com."],
    ...[
      "https://example.com",
      "example.com/path",
      "user@example.com",
      "example.com#a",
      "exa mple.com",
      "%61.com",
      "[x]",
    ],
  ])("refuses %j", (text) => {
    expect(hostRule(text)).toBeNull();
  });
});

describe("isHostAllowed", () => {
  it.each([
    [["api.example.com"], "https://api.example.com/a", true],
    [["api.example.com"], "https://API.example.com:8443/", true],
    [["api.example.com"], "https://api.example.com.evil.test/", false],
    [["api.example.com"], "https://api.example.com@evil.test/", false],
    [["api.example.com"], "https://x.api.example.com/", false],
    [["api.example.com"], "https://api.example.com./", false],
    [["*.example.com"], "https://a.b.example.com/", true],
    [["*.example.com"], "https://example.com/", false],
    [["*.example.com"], "https://badexample.com/", false],
    [["127.0.0.1"], "http://0x7f.1/", true],
    [[], "https://api.example.com/", false],
    [["api.example.com"], "no url", false],
  ])("by %j, %s: %s", (rules, url, isAllowed) => {
    expect(isHostAllowed(rules, hostOf(url))).toBe(isAllowed);
  });
});
