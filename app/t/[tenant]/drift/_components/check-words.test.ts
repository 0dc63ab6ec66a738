import { expect, it } from "vitest";
import { checkWords } from "./check-words";

const at = "2026-03-10T09:00:00.000Z";
const after = (seconds: number) => Date.parse(at) + seconds * 1_000;

it.each([
  [null, 0, 0, "never", "Nothing was checked yet. The first look comes within a minute."],
  [{ at, isFailed: false }, 0, 20, "ok", "Checked 20 s ago: nothing differs"],
  [{ at, isFailed: false }, 1, 65, "ok", "Checked 1 min 5 s ago: 1 thing differs"],
  [{ at, isFailed: false }, 2, 20, "ok", "Checked 20 s ago: 2 things differ"],
  [{ at, isFailed: true }, 0, 20, "failed", "Checked 20 s ago, and could not look everywhere"],
  [{ at, isFailed: false }, 0, 600, "late", "Checked 10 min ago: too long, is a worker running?"],
] as const)("of %o with %i open after %i s it says %s", (check, open, seconds, state, words) => {
  expect(checkWords(check, open, after(seconds))).toEqual({ state, words });
});
