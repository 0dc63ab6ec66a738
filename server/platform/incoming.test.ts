import { describe, expect, it } from "vitest";
import { addressOf } from "./incoming";

const from = (forwarded: string | undefined, trustedProxies = 0) =>
  addressOf(new Headers(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }), trustedProxies);

describe("addressOf", () => {
  it.each([
    ["believes who connected and no claim before it", "6.6.6.6, 7.7.7.7, 192.0.2.1", 0, "192.0.2.1"],
    ["believes as many entries as there are proxies", "6.6.6.6, 203.0.113.9, 10.0.0.1", 1, "203.0.113.9"],
    ["reads past two proxies", "6.6.6.6,203.0.113.9,10.0.0.2,10.0.0.1", 2, "203.0.113.9"],
    ["takes the first entry of a request that came past the proxies", "10.0.0.1", 2, "10.0.0.1"],
    ["says unknown when nobody said", undefined, 0, "unknown"],
    ["says unknown when the header is empty", " , ", 0, "unknown"],
    ["reads an IPv4 address in IPv6 notation as what it is", "::ffff:192.0.2.1", 0, "192.0.2.1"],
    ["counts the addresses of one IPv6 line as one", "2001:db8:1:2:3:4:5:6", 0, "2001:db8:1:2::/64"],
    ["counts them as one in short notation too", "2001:DB8:1:2::9", 0, "2001:db8:1:2::/64"],
    ["fills what short notation leaves out", "2001:db8::1", 0, "2001:db8:0:0::/64"],
    ["reads loopback", "::1", 0, "0:0:0:0::/64"],
  ])("%s", (_title, forwarded, trustedProxies, address) => {
    expect(from(forwarded, trustedProxies)).toBe(address);
  });
});
