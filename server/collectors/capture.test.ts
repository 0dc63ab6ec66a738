import { expect, it } from "vitest";
import { slosOf } from "@/policies/slos";
import { burnByDay, type CapturedObjective } from "./domain/capture-option";
import { capturePng, captureSvg } from "./draw-capture";

const HOUR_MS = 3_600_000;
const TO = new Date("2026-11-27T21:30:00Z");
const FROM = new Date("2026-10-30T21:30:00Z");
const SOURCE = {
  ...{ url: "https://conductor.test/t/acme/slos", query: "28 days by hour", capturedAt: TO },
  dataDigest: "0123456789abcdef".repeat(4),
};

const hoursOf = (bad: (at: number) => number) =>
  Array.from({ length: 671 }, (_, at) => ({
    ...{ hour: new Date(Date.parse("2026-10-30T22:00:00Z") + at * HOUR_MS), good: 1_000 - bad(at), total: 1_000 },
  }));

const OBJECTIVES = slosOf("saas").slos.map((spec, at): CapturedObjective => ({
  ...{ spec, period: { good: 9_990 + at, total: 10_000 } },
  hours: at === 3 ? [] : hoursOf((hour) => (hour % 97 === at ? 9 : 0)),
  alerts: at === 0 ? [{ openedAt: new Date("2026-11-07T03:00:00Z"), severity: "page" }] : [],
}));

const captured = (change: Partial<typeof SOURCE> = {}, objectives = OBJECTIVES) => ({
  ...{ objectives, source: { ...SOURCE, ...change }, from: FROM, to: TO },
});

it("draws the same capture as the same bytes, and another as others", async () => {
  expect(captureSvg(captured())).toBe(captureSvg(captured()));
  expect((await capturePng(captured())).equals(await capturePng(captured()))).toBe(true);
  const worse = OBJECTIVES.map((each) => ({ ...each, hours: hoursOf(() => 1) }));
  expect(captureSvg(captured({}, worse))).not.toBe(captureSvg(captured()));
  expect((await capturePng(captured({}, worse))).equals(await capturePng(captured()))).toBe(false);
});

it("says in its SVG, seen and in the metadata, where it comes from", () => {
  const svg = captureSvg(captured({ query: "a < b & c" }));
  const metadata = /<metadata>([^<]*)<\/metadata>/.exec(svg)?.[1] ?? "";
  for (const said of [SOURCE.url, SOURCE.dataDigest, TO.toISOString()]) {
    expect(metadata).toContain(said);
    expect(svg.replace(metadata, "")).toContain(said);
  }
  expect(metadata).toContain("a &lt; b &amp; c");
  expect(svg).not.toMatch(/<script|<style|class=/);
  for (const { spec } of OBJECTIVES) expect(svg).toContain(spec.title);
});

it("is a PNG whose chunks hold, with the same in its metadata", async () => {
  const png = await capturePng(captured());
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  const texts = new Map<string, string>();
  const names: string[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const name = png.subarray(at + 4, at + 8).toString("latin1");
    names.push(name);
    const [key = "", text = ""] = png
      .subarray(at + 8, at + 8 + png.readUInt32BE(at))
      .toString("latin1")
      .split("\0");
    if (name === "tEXt") texts.set(key, text);
  }
  expect([names[0], names.at(-1)]).toEqual(["IHDR", "IEND"]);
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1_920, 2 * (104 + OBJECTIVES.length * 170)]);
  expect([...texts]).toEqual([
    ["URL", SOURCE.url],
    ["Query", SOURCE.query],
    ["Capture time", TO.toISOString()],
    ["Data SHA-256", SOURCE.dataDigest],
  ]);
});

it("counts a day's burn over its events, and says nothing of a day without", () => {
  const spec = slosOf("saas").slos.find(({ sli }) => sli === "workflow-success") ?? OBJECTIVES[0]?.spec;
  if (spec === undefined) throw new Error("an edition has objectives");
  const at = (hour: string, good: number, total: number) => ({ hour: new Date(hour), good, total });
  const hours = [
    at("2026-11-01T00:00:00Z", 990, 1_000),
    at("2026-11-01T23:00:00Z", 1_000, 1_000),
    at("2026-11-03T12:00:00Z", 10, 10),
  ];
  const days = burnByDay({ spec, hours }, new Date("2026-11-01T00:00:00Z"), new Date("2026-11-03T13:00:00Z"));
  expect(days.map(({ burnRate }) => burnRate)).toEqual([5, null, 0]);
});
