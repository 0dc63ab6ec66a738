import { describe, expect, it } from "vitest";
import { nextSlot, readConfigs, UnsupportedFunctionError } from "./config";

const plain = {
  id: "app-fn",
  name: "fn",
  triggers: [{ event: "a.b" }],
  steps: { step: { id: "step", name: "step", runtime: { type: "http", url: "http://x" } } },
};
const problemsOf = (registered: unknown): readonly string[] => {
  try {
    readConfigs([registered]);
    return [];
  } catch (error) {
    if (error instanceof UnsupportedFunctionError) return error.problems;
    throw error;
  }
};

describe("readConfigs", () => {
  it("reads retries as attempts, five when nothing is said", () => {
    expect(readConfigs([plain]).get("app-fn")).toMatchObject({ maxAttempts: 5, concurrency: [], cancelOn: [] });
    const once = { ...plain, steps: { step: { ...plain.steps.step, retries: { attempts: 0 } } } };
    expect(readConfigs([once]).get("app-fn")).toMatchObject({ maxAttempts: 1 });
  });

  it.each([
    ["a number", 3, [{ limit: 3, key: null, scope: "fn" }]],
    ["one limit", { limit: 2, key: "event.data.t" }, [{ limit: 2, key: "event.data.t", scope: "fn" }]],
    [
      "two limits",
      [{ limit: 2 }, { limit: 9, scope: "env", key: '"all"' }],
      [{ limit: 2 }, { limit: 9, scope: "env" }],
    ],
    ["none, written as 0", 0, []],
  ])("reads concurrency as %s", (_, concurrency, expected) => {
    expect(readConfigs([{ ...plain, concurrency }]).get("app-fn")?.concurrency).toMatchObject(expected);
  });

  it.each([
    ["something of a later SDK", { teleport: true }],
    ["cron jitter", { triggers: [{ cron: "* * * * *", jitter: "1m" }] }],
    ["a cron that is none", { triggers: [{ cron: "every day" }] }],
    ["a cron in no zone", { triggers: [{ cron: "TZ=Nowhere/Town 0 0 * * *" }] }],
    ["a wildcard", { triggers: [{ event: "a/*" }] }],
    ["a trigger's expression", { triggers: [{ event: "a.b", expression: "event.data. ==" }] }],
    ["a concurrency key", { concurrency: { limit: 1, key: "event." } }],
    ["cancelOn's expression", { cancel: [{ event: "a.c", if: "async.data.id = 1" }] }],
    ["too many retries", { steps: { step: { ...plain.steps.step, retries: { attempts: 21 } } } }],
    ["a cancelOn with a wildcard", { cancel: [{ event: "a/*" }] }],
    ["a cancelOn that lasts no length of time", { cancel: [{ event: "a.c", timeout: "soon" }] }],
    ["a concurrency limit shared by nobody knows whom", { concurrency: { limit: 1, scope: "env" } }],
  ])("refuses %s", (_, asked) => {
    expect(problemsOf({ ...plain, ...asked })).not.toEqual([]);
  });
});

describe("nextSlot", () => {
  it.each([
    ["*/5 * * * *", "2026-01-01T00:02:00Z", "2026-01-01T00:05:00.000Z"],
    ["0 9 * * *", "2026-07-01T08:00:00Z", "2026-07-01T09:00:00.000Z"],
    ["TZ=Europe/Berlin 0 9 * * *", "2026-07-01T06:00:00Z", "2026-07-01T07:00:00.000Z"],
    // The hour from 02:00 to 03:00 does not exist on that day: its slots fall to its end.
    ["TZ=Europe/Berlin 30 2 29 3 *", "2026-03-28T00:00:00Z", "2026-03-29T01:00:00.000Z"],
  ])("of %s after %s is %s", (expression, after, expected) => {
    expect(nextSlot(expression, new Date(after))?.toISOString()).toBe(expected);
  });
});
