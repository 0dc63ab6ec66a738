import type { LookupAddress } from "node:dns";
import { describe, expect, it } from "vitest";
import { boundedLookUp, lookUp } from "./look-up";

const FOUND = [{ address: "192.0.2.1", family: 4 }];

/** A resolver that answers when it is told to. */
function slowly(bounds = { most: 3, mostOfOne: 2 }) {
  const begun: string[] = [];
  const open = new Map<string, PromiseWithResolvers<LookupAddress[]>>();
  const ask = boundedLookUp((host) => {
    begun.push(host);
    const one = Promise.withResolvers<LookupAddress[]>();
    open.set(host, one);
    return one.promise;
  }, bounds);
  const { signal } = new AbortController();
  return {
    begun,
    answer: (host: string) => open.get(host)?.resolve(FOUND),
    fail: (host: string) => open.get(host)?.reject(new Error("not found")),
    ask: (tenantId: string, host: string, own = signal) => ask(host, { tenantId, signal: own }),
  };
}

describe("a look-up", () => {
  it("of one tenant waits behind its own slow ones, and not another tenant's", async () => {
    const { ask, answer, begun } = slowly();
    const slow = ["a1", "a2", "a3", "a4"].map((host) => ask("a", host));
    const other = ask("b", "b1");
    expect(begun).toEqual(["a1", "a2", "b1"]);
    answer("b1");
    expect(await other).toEqual(FOUND);
    answer("a2");
    expect(await slow[1]).toEqual(FOUND);
    expect(begun).toEqual(["a1", "a2", "b1", "a3"]);
  });

  it("is shared by those of a tenant who ask for the same name at once, and made anew after it", async () => {
    const { ask, answer, begun } = slowly();
    const both = [ask("a", "name"), ask("a", "name")];
    expect(begun).toEqual(["name"]);
    answer("name");
    expect(await Promise.all(both)).toEqual([FOUND, FOUND]);
    const again = ask("a", "name");
    expect(begun).toEqual(["name", "name"]);
    answer("name");
    await again;
  });

  it("that fails tells each, and is no answer to the next", async () => {
    const { ask, fail, answer } = slowly();
    const both = Promise.allSettled([ask("a", "name"), ask("a", "name")]);
    fail("name");
    expect((await both).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    const again = ask("a", "name");
    answer("name");
    expect(await again).toEqual(FOUND);
  });

  it("is left when its time is over, and never begun when nobody waits for it any more", async () => {
    const { ask, answer, begun } = slowly({ most: 1, mostOfOne: 1 });
    const [held, over] = [ask("a", "slow"), new AbortController()];
    const left = [ask("a", "slow", over.signal), ask("a", "queued", over.signal)];
    const last = ask("a", "last");
    over.abort(new Error("too late"));
    for (const each of left) await expect(each).rejects.toThrow("too late");
    answer("slow");
    expect(await held).toEqual(FOUND);
    expect(begun).toEqual(["slow", "last"]);
    answer("last");
    await last;
  });

  it("knows the names that the system knows", async () => {
    const found = await lookUp("localhost", { tenantId: "a", signal: new AbortController().signal });
    expect(found.map(({ address }) => address)).toContainEqual(expect.stringMatching(/^(127\.0\.0\.1|::1)$/));
  });
});
