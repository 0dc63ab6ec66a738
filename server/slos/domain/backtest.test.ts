import { expect, it } from "vitest";
import { slosOf } from "@/policies/slos";
import { must } from "@/server/kernel/errors";
import { backtest, type History } from "./backtest";

const MINUTE = 60_000;
const from = new Date("2026-03-01T00:00:00Z");
const at = (minute: number) => from.getTime() + minute * MINUTE;
const success = must(
  slosOf("saas").slos.find(({ sli }) => sli === "workflow-success"),
  "the sheet has it",
);
const range = { from, to: new Date(at(600)) };

/** A hundred runs each minute, of which some minutes have bad ones. */
const history = (bad: (minute: number) => number): History =>
  new Map(Array.from({ length: 601 }, (_, minute) => [at(minute), { good: 100 - bad(minute), total: 100 }]));

it("has no alert where nothing was bad", () => {
  expect(
    backtest(
      success,
      history(() => 0),
      range,
    ),
  ).toEqual([]);
});

it("opens and closes the alerts of an outage as living ones", () => {
  const alerts = backtest(
    success,
    history((minute) => (minute >= 100 && minute < 160 ? 100 : 0)),
    range,
  );
  const quick = alerts.filter(({ ruleId }) => ruleId === "page-quick");
  expect(quick).toMatchObject([{ severity: "page" }]);
  // One bad minute of an hour burns too fast, and could be chance; the short window is clear five minutes after the last.
  expect(quick[0]?.openedAt).toEqual(new Date(at(101)));
  expect(quick[0]?.closedAt).toEqual(new Date(at(164)));
});

it("has fewer alerts under a lower target", () => {
  const some = history((minute) => (minute >= 100 && minute < 200 ? 2 : 0));
  const pages = (targetPpm: number) =>
    backtest({ ...success, targetPpm }, some, range).filter(({ severity }) => severity === "page").length;
  expect(pages(999_000)).toBeGreaterThan(0);
  expect(pages(950_000)).toBe(0);
});

it("judges calendar months as rolling windows, in the time of whoever asks", () => {
  const window = { kind: "calendar", unit: "month", timeZone: "America/New_York" } as const;
  const alerts = backtest(
    { ...success, window },
    history((minute) => (minute >= 100 && minute < 160 ? 100 : 0)),
    range,
  );
  expect(alerts.filter(({ ruleId }) => ruleId === "page-quick")).toMatchObject([{ openedAt: new Date(at(101)) }]);
});

it("opens nothing before the range, and knows what came before it", () => {
  const bad = history((minute) => (minute < 400 ? 100 : 0));
  const late = backtest(success, bad, { from: new Date(at(405)), to: range.to });
  expect(late.every(({ openedAt }) => openedAt.getTime() >= at(405))).toBe(true);
  expect(late.some(({ ruleId }) => ruleId === "page-slow")).toBe(true);
});
