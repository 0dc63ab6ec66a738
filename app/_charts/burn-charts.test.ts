import { describe, expect, it } from "vitest";
import { wallClock } from "./axes";
import { burnDownOption, burnRateOption } from "./burn-charts";
import { drawChart } from "./draw";
import { FILE_PALETTE, PAGE_PALETTE } from "./palette";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 27, 12);
const left = [1, 0.6, null, -0.2].map((value, place) => ({ at: NOW - (3 - place) * HOUR, left: value }));
const frame = {
  ...{ zone: "Europe/Berlin", palette: PAGE_PALETTE, range: [NOW - 3 * HOUR, NOW] as const },
  marks: [{ at: NOW - HOUR, severity: "page" as const }],
};

describe("a drawing", () => {
  it("has the same bytes each time, the page's own colours, and no style sheet", () => {
    const [once, again] = [drawChart(burnDownOption(left, frame)), drawChart(burnDownOption(left, frame))];
    expect(once).toBe(again);
    expect(once).toContain("var(--accent)");
    expect(once).not.toContain("<style");
  });

  it("tells the reader's time, what is spent, and when an alert came on", () => {
    const svg = drawChart(burnDownOption(left, frame));
    expect(svg).toMatch(/>1[0-3]:\d\d</);
    expect(svg).toContain(">spent<");
    expect(svg).toContain(">page<");
  });

  it("stands alone as a file: no colour is the page's", () => {
    const svg = drawChart(burnDownOption(left, { ...frame, palette: FILE_PALETTE }));
    expect(svg).not.toContain("var(--");
    expect(svg).toContain("#0f6f63");
  });

  it("shows what burned too fast in another colour", () => {
    const rates = [0.5, 3, null].map((burnRate, place) => ({ at: NOW - place * HOUR, burnRate }));
    const svg = drawChart(burnRateOption(rates, { ...frame, marks: [] }));
    expect(svg).toContain('fill="var(--bad)"');
    expect(svg).toContain('fill="var(--accent)"');
  });
});

it("clocks on the wall are those of the zone, in summer and in winter", () => {
  expect(new Date(wallClock(NOW, "Europe/Berlin")).toISOString()).toBe("2026-11-27T13:00:00.000Z");
  expect(new Date(wallClock(Date.UTC(2026, 6, 1), "America/New_York")).toISOString()).toBe("2026-06-30T20:00:00.000Z");
});
