import { describe, expect, it } from "vitest";
import { egressPolicy } from "./egress-policy";

const may = (address: string, allowed: string[] = [], host = "target.test", port = 80) =>
  egressPolicy(allowed).mayConnect({ host, port, address });

describe("egressPolicy", () => {
  it.each(["93.184.216.34", "1.1.1.1", "2606:4700::1111"])("opens the public address %s", (address) => {
    expect(may(address)).toBe(true);
  });

  it.each([
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fc00::1",
    "fe80::1",
    "ff02::1",
    "not an address",
  ])("closes %s", (address) => {
    expect(may(address)).toBe(false);
  });

  it("opens a private range that the deployment allows, and nothing beside it", () => {
    expect(may("10.1.2.3", ["10.1.2.0/24"])).toBe(true);
    expect(may("10.1.3.3", ["10.1.2.0/24"])).toBe(false);
  });

  it("opens a named host on its port only", () => {
    expect(may("127.0.0.1", ["target.test:8080"], "target.test", 8080)).toBe(true);
    expect(may("127.0.0.1", ["target.test:8080"], "target.test", 8081)).toBe(false);
    expect(may("127.0.0.1", ["target.test:8080"], "other.test", 8080)).toBe(false);
  });
});
