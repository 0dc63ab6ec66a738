import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { SCENARIOS } from "@/e2e/chaos/scenarios";
import { FAILURES, SPEED } from "./performance";

const ROOT = path.resolve(import.meta.dirname, "..", "..", "..");
const textOf = (file: string) => readFileSync(path.join(ROOT, file), "utf8");
const goals = [...SPEED, ...FAILURES];
const measures = goals.flatMap(({ id, measures: all }) => all.map((measure) => ({ id, measure })));

describe("the table of goals", () => {
  it.each(measures)("names for $id what is there: $measure", ({ measure }) => {
    if ("file" in measure) {
      expect(textOf(measure.file)).toContain(`"${measure.title}"`);
      return;
    }
    if ("chaos" in measure) expect(Object.keys(SCENARIOS)).toContain(measure.chaos);
    const own = "chaos" in measure ? `e2e/chaos/${measure.chaos}.ts` : `e2e/load/${measure.bench}.ts`;
    const text = textOf(own) + textOf("chaos" in measure ? "e2e/chaos/report.ts" : "e2e/load/report.ts");
    for (const figure of measure.figures ?? []) expect(text).toMatch(new RegExp(`\\b${figure}\\??:`));
  });

  it.each(goals)("says for $id what measures it, or that nothing does", ({ measures: all, missing }) => {
    expect(all.length > 0 || missing === "all of it").toBe(true);
  });
});
