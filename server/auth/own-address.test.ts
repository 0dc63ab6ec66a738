import { describe, expect, it } from "vitest";
import { ownAddress } from "./own-address";

describe("ownAddress", () => {
  const env = { CONDUCTOR_PUBLIC_URL: "https://conductor.example" };
  it.each([
    ["/t/acme/switchboard?a=b#c", "https://conductor.example/t/acme/switchboard?a=b#c"],
    ["https://conductor.example/x", "https://conductor.example/x"],
    ["", "https://conductor.example/"],
  ])("leads %j to %s", (address, target) => {
    expect(ownAddress(address, env)).toBe(target);
  });

  it.each([
    "https://evil.test",
    "//evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\t/evil.test",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://conductor.example/x",
    "https://conductor.example:8443/x",
    "https://conductor.example@evil.test",
    "https://conductor.example.evil.test",
    "https://[",
  ])("leads %j nowhere", (address) => {
    expect(ownAddress(address, env)).toBeNull();
  });
});
