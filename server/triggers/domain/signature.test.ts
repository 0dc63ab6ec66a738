import { describe, expect, it } from "vitest";
import { isSigned, messageHeaders, secretFrom, signatureOf } from "./signature";

const now = new Date("2026-06-01T09:00:00Z");
const seconds = (offset = 0) => String(now.getTime() / 1_000 + offset);
const body = Buffer.from('{"order":"7"}');
const [secret, other] = [secretFrom(Buffer.alloc(32, 1)), secretFrom(Buffer.alloc(32, 2))];
const message = (over: Record<string, string> = {}) => ({ id: "msg_1", timestamp: seconds(), ...over });
const signed = (over: Record<string, string> = {}, by = secret) => ({
  ...message(over),
  signature: signatureOf(by, message(over), body),
});

describe("a signature", () => {
  it("is the one that the specification gives as its example", () => {
    const example = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: "1614265330" };
    const key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    expect(signatureOf(key, example, Buffer.from('{"test": 2432232314}'))).toBe(
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    );
  });

  it.each([-300, 0, 300])("fits %i seconds from now", (offset) => {
    expect(isSigned([secret], signed({ timestamp: seconds(offset) }), body, now)).toBe(true);
  });

  it("fits by either of two secrets, and among several signatures", () => {
    expect(isSigned([other, secret], signed(), body, now)).toBe(true);
    const several = { ...signed(), signature: `v1a,xyz ${signed({}, other).signature} ${signed().signature}` };
    expect(isSigned([secret], several, body, now)).toBe(true);
  });

  it.each<[string, ReturnType<typeof signed>]>([
    ["by another secret", signed({}, other)],
    ["too old", signed({ timestamp: seconds(-301) })],
    ["too new", signed({ timestamp: seconds(301) })],
    ["with another id", { ...signed(), id: "msg_2" }],
    ["with another moment", { ...signed(), timestamp: seconds(1) }],
    ["without its version", { ...signed(), signature: signed().signature.slice(3) }],
    ["that is empty", { ...signed(), signature: "" }],
    ["behind five others", { ...signed(), signature: `${"v1,a ".repeat(5)}${signed().signature}` }],
  ])("does not fit %s", (_what, given) => {
    expect(isSigned([secret], given, body, now)).toBe(false);
  });

  it("does not fit another body, nor without any secret", () => {
    expect(isSigned([secret], signed(), Buffer.from('{"order":"8"}'), now)).toBe(false);
    expect(isSigned([], signed(), body, now)).toBe(false);
  });
});

describe("the headers of a message", () => {
  const headers = (over: Record<string, string>) =>
    messageHeaders(
      new Headers({ "webhook-id": "msg_1", "webhook-timestamp": "1", "webhook-signature": "v1,x", ...over }),
    );

  it("are all three", () => {
    expect(headers({})).toEqual({ id: "msg_1", timestamp: "1", signature: "v1,x" });
  });

  it.each<Record<string, string>>([
    { "webhook-id": "" },
    { "webhook-id": "a b" },
    { "webhook-id": "x".repeat(129) },
    { "webhook-timestamp": "" },
    { "webhook-timestamp": "1.5" },
    { "webhook-timestamp": "-1" },
    { "webhook-timestamp": "1".repeat(13) },
  ])("are none with %j", (over) => {
    expect(headers(over)).toBeNull();
  });
});
