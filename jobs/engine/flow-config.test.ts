import { describe, expect, it } from "vitest";
import { readConfigs, UnsupportedFunctionError } from "./config";

const plain = { id: "app-fn", triggers: [{ event: "a.b" }], steps: { step: {} } };
const flowOf = (asked: object) => readConfigs([{ ...plain, ...asked }]).get("app-fn")?.flow;
const problemsOf = (asked: object): readonly string[] => {
  try {
    flowOf(asked);
    return [];
  } catch (error) {
    if (error instanceof UnsupportedFunctionError) return error.problems;
    throw error;
  }
};

const DAY_MS = 86_400_000;
const batchEvents = { maxSize: 10, timeout: "5s" };
const debounce = { period: "1m" };

describe("flow control", () => {
  it.each<[string, object, object]>([
    ["nothing", {}, { rateLimit: null, gathering: null, singleton: null, throttle: null, priority: null }],
    [
      "a throttle, whose burst is one more than its limit when nothing is said",
      { throttle: { limit: 2, period: "6s" } },
      { throttle: { key: null, rate: { limit: 2, periodMs: 6_000, atOnce: 3 } } },
    ],
    [
      "a throttle with burst and key",
      { throttle: { limit: 1, period: "1m", burst: 4, key: "event.data.user" } },
      { throttle: { key: "event.data.user", rate: { limit: 1, periodMs: 60_000, atOnce: 5 } } },
    ],
    [
      "a rate limit, evenly over its period",
      { rateLimit: { limit: 25, period: "1h" } },
      { rateLimit: { control: "rate_limit", key: null, rate: { limit: 25, periodMs: 3_600_000, atOnce: 3 } } },
    ],
    [
      "idempotency as one start per day",
      { idempotency: "event.data.id" },
      { rateLimit: { control: "idempotency", key: "event.data.id", rate: { limit: 1, periodMs: DAY_MS, atOnce: 1 } } },
    ],
    [
      "a debounce",
      { debounce: { period: "5m", timeout: "1h", key: "" } },
      { gathering: { control: "debounce", key: null, periodMs: 300_000, timeoutMs: 3_600_000 } },
    ],
    [
      "batches",
      { batchEvents: { ...batchEvents, if: "event.data.isFree" } },
      { gathering: { control: "batch", key: null, condition: "event.data.isFree", maxSize: 10, timeoutMs: 5_000 } },
    ],
    ["a singleton", { singleton: { mode: "cancel" } }, { singleton: { mode: "cancel", key: null } }],
    ["a priority", { priority: { run: "120" } }, { priority: "120" }],
    ["timeouts", { timeouts: { start: "10s", finish: "1h" } }, { startTimeoutMs: 10_000, finishTimeoutMs: 3_600_000 }],
  ])("is read: %s", (_, asked, expected) => {
    expect(flowOf(asked)).toMatchObject(expected);
  });

  it.each<[string, object, RegExp]>([
    ["a throttle of nothing", { throttle: { limit: 0, period: "1m" } }, /throttle\.limit/],
    ["a throttle without time", { throttle: { limit: 1, period: "0s" } }, /throttle\.period/],
    ["a throttle over more than a week", { throttle: { limit: 1, period: "8d" } }, /throttle\.period/],
    ["a throttle that lets everything through", { throttle: { limit: 5_000, period: "1s" } }, /throttle/],
    ["a throttle's key", { throttle: { limit: 1, period: "1m", key: "event." } }, /throttle\.key/],
    ["a rate limit over more than a day", { rateLimit: { limit: 1, period: "25h" } }, /rateLimit\.period/],
    ["a rate limit's key", { rateLimit: { limit: 1, period: "1h", key: "1 +" } }, /rateLimit\.key/],
    ["a debounce of no length", { debounce: { period: "a while" } }, /debounce\.period is no length of time/],
    ["a debounce over more than a week", { debounce: { period: "2w" } }, /debounce\.period/],
    ["a debounce that is over before it passes", { debounce: { period: "1h", timeout: "1m" } }, /debounce\.timeout/],
    ["a debounce until a date", { debounce: { period: "2030-01-01T00:00:00Z" } }, /debounce\.period/],
    ["a batch of one", { batchEvents: { maxSize: 1, timeout: "1s" } }, /batchEvents\.maxSize/],
    ["a batch of everything", { batchEvents: { maxSize: 100_000, timeout: "1s" } }, /batchEvents\.maxSize/],
    ["a batch without time", { batchEvents: { maxSize: 2, timeout: "" } }, /batchEvents\.timeout/],
    ["a batch's condition", { batchEvents: { ...batchEvents, if: "event.data ==" } }, /batchEvents\.if/],
    ["an empty idempotency", { idempotency: "" }, /idempotency/],
    ["a wrong idempotency", { idempotency: "event.data.(id)" }, /idempotency/],
    ["a wrong priority", { priority: { run: "if vip" } }, /priority\.run/],
    ["a singleton of a third kind", { singleton: { mode: "queue" } }, /singleton\.mode/],
    ["a timeout of no time", { timeouts: { finish: "0s" } }, /timeouts\.finish/],
    ["what else a throttle may be asked for", { throttle: { limit: 1, period: "1m", scope: "env" } }, /throttle/],
  ])("is refused: %s", (_, asked, problem) => {
    const problems = problemsOf(asked);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
    expect(problems[0]).toMatch(/^app-fn: /);
  });

  it.each<[string, object]>([
    ["cancelOn", { cancel: [{ event: "a.c" }] }],
    ["debounce", { debounce }],
    ["singleton", { singleton: { mode: "skip" } }],
    ["priority", { priority: { run: "1" } }],
    ["rateLimit", { rateLimit: { limit: 1, period: "1h" } }],
    ["idempotency", { idempotency: "event.data.id" }],
    ["throttle.key", { throttle: { limit: 1, period: "1m", key: "event.data.id" } }],
    ["concurrency.key", { concurrency: [{ limit: 1, key: "event.data.id" }] }],
  ])("refuses batches together with %s", (option, asked) => {
    expect(problemsOf({ batchEvents, ...asked })).toEqual([expect.stringContaining(option)]);
  });

  it.each<[string, object]>([
    ["batches with limits of the function", { batchEvents, concurrency: 1, throttle: { limit: 1, period: "1m" } }],
    [
      "batches with limits by the batch's own key, or by none of the event's",
      {
        batchEvents: { ...batchEvents, key: "event.data.user" },
        concurrency: [
          { limit: 1, key: "event.data.user" },
          { limit: 9, key: "'api'", scope: "env" },
        ],
        timeouts: { start: "1h" },
      },
    ],
    [
      "all that is about single events",
      {
        ...{ debounce, idempotency: "event.data.id", singleton: { mode: "skip" }, priority: { run: "1" } },
        ...{ throttle: { limit: 1, period: "1m" }, timeouts: { finish: "1h" }, cancel: [{ event: "a.c" }] },
      },
    ],
  ])("allows %s", (_, asked) => {
    expect(problemsOf(asked)).toEqual([]);
  });

  it("refuses idempotency together with a rate limit, of which only one would hold", () => {
    const asked = { idempotency: "event.data.id", rateLimit: { limit: 1, period: "1h" } };
    expect(problemsOf(asked)).toEqual([expect.stringContaining("rateLimit")]);
  });
});
