import { describe, expect, it } from "vitest";
import { collect, type Gathering, MOST_BATCH_BYTES, type OpenCollection } from "./collect";

const NOW = 1_000;
const batch: Gathering = { control: "batch", key: null, condition: null, maxSize: 3, timeoutMs: 100 };
const debounce: Gathering = { control: "debounce", key: null, periodMs: 100, timeoutMs: 250 };
const open = (more: Partial<OpenCollection> = {}): OpenCollection => ({
  ...{ openedAt: NOW - 50, dueAt: NOW + 50, size: 1, bytes: 10 },
  ...more,
});
/** In short: what was open, arrivals from and to, and when it starts (null: now). */
const inShort = (gathering: Gathering, before: OpenCollection | null, arrivals: number[]) =>
  collect(gathering, before, arrivals, NOW).map(({ takesOpen, from, to, isDone, dueAt }) => [
    ...[takesOpen ? "open" : "new", from, to],
    isDone ? null : dueAt,
  ]);

describe("a batch", () => {
  const MB = 1024 * 1024;
  it.each<[string, OpenCollection | null, number[], ReturnType<typeof inShort>]>([
    ["opens with the first", null, [1], [["new", 0, 1, NOW + 100]]],
    ["grows, and keeps its time", open(), [1], [["open", 0, 1, NOW + 50]]],
    ["starts when it is full", open(), [1, 1], [["open", 0, 2, null]]],
    [
      "starts as often as it is full, and keeps the rest",
      open(),
      [1, 1, 1, 1, 1, 1],
      [
        ["open", 0, 2, null],
        ["new", 2, 5, null],
        ["new", 5, 6, NOW + 100],
      ],
    ],
    [
      "starts without what would make it too heavy",
      open({ bytes: 6 * MB }),
      [5 * MB],
      [
        ["open", 0, 0, null],
        ["new", 0, 1, NOW + 100],
      ],
    ],
    ["of one that is too heavy by itself starts at once", null, [MOST_BATCH_BYTES + 1], [["new", 0, 1, null]]],
    [
      "that is due starts without what came later",
      open({ dueAt: NOW }),
      [1],
      [
        ["open", 0, 0, null],
        ["new", 0, 1, NOW + 100],
      ],
    ],
  ])("%s", (_, before, arrivals, expected) => {
    expect(inShort(batch, before, arrivals)).toEqual(expected);
  });
});

describe("a debounce", () => {
  it.each<[string, OpenCollection | null, number[], ReturnType<typeof inShort>]>([
    ["waits its period", null, [1], [["new", 0, 1, NOW + 100]]],
    ["keeps the last and waits again", open(), [1, 1], [["open", 1, 2, NOW + 100]]],
    ["waits no longer than its timeout", open({ openedAt: NOW - 200 }), [1], [["open", 0, 1, NOW + 50]]],
    [
      "that is over starts with what it had",
      open({ dueAt: NOW - 1 }),
      [1, 1],
      [
        ["open", 0, 0, null],
        ["new", 1, 2, NOW + 100],
      ],
    ],
  ])("%s", (_, before, arrivals, expected) => {
    expect(inShort(debounce, before, arrivals)).toEqual(expected);
  });
});
