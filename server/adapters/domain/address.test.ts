import { describe, expect, it } from "vitest";
import { addressFault } from "./address";

describe("the address of an adapter", () => {
  it.each([
    "https://adapter.example.test",
    "https://adapter.example.test:8443/orders/price",
    "https://[2606:4700::1]/",
  ])("may be %s", (address) => expect(addressFault(address)).toBeNull());

  it.each([
    ["http://adapter.example.test/"],
    ["ftp://adapter.example.test/"],
    ["adapter.example.test"],
    ["https://"],
    ["https://adapter.example.test/a b"],
    ["https://adapter.example.test\\@evil.test/"],
    ["https://user@adapter.example.test/"],
    ["https://user:pass@adapter.example.test/"],
    ["https://adapter.example.test/?token=x"],
    ["https://adapter.example.test/#x"],
    ["https://adapter.example.test/?"],
  ])("may not be %s", (address) => {
    expect(addressFault(address)).not.toBeNull();
  });
});
