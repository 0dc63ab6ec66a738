import { describe, expect, it } from "vitest";
import { readConfigs } from "./config";
import { concurrencyKeys, keyOfStart, sharedKeyOfStart } from "./flow-keys";

const event = (data: Record<string, string>) => ({ id: "e", name: "a.b", data, ts: 0 });

describe("a key", () => {
  it("that cannot be told is no key, and not the same as an empty one", () => {
    expect(keyOfStart("event.data.user", event({}))).toBeNull();
    expect(keyOfStart("event.data.user", event({ user: "" }))).toBe("=");
    expect(sharedKeyOfStart("event.data.user", event({}))).toBe("?");
    expect(sharedKeyOfStart("event.data.user", event({ user: "?" }))).toBe("=?");
    expect(keyOfStart(null, event({}))).toBe("*");
  });

  it("is short, however long what it is made of", () => {
    const long = keyOfStart("event.data.user", event({ user: "x".repeat(100_000) }));
    expect(long).toHaveLength(65);
    expect(long).not.toBe(keyOfStart("event.data.user", event({ user: "x".repeat(100_001) })));
    expect(keyOfStart("event.data.user", event({ user: String(long) }))).toBe(`=${long}`);
  });

  it("of concurrency belongs to function and tenant, unless its scope says otherwise", () => {
    const config = (id: string) => {
      const concurrency = [
        { limit: 1, key: "event.data.user" },
        { limit: 2, key: "'api'", scope: "env" },
      ];
      const registered = { id, triggers: [], steps: { step: {} }, concurrency };
      return [...readConfigs([registered]).values()].flatMap((read) => [
        concurrencyKeys(read, "ten_a", event({ user: "u" })),
        concurrencyKeys(read, "ten_b", event({ user: "u" })),
      ]);
    };
    const keys = [...config("one"), ...config("two")];
    expect(new Set(keys.map(([own]) => own)).size).toBe(4);
    expect(new Set(keys.map(([, shared]) => shared))).toEqual(new Set(["env/=api"]));
  });
});
