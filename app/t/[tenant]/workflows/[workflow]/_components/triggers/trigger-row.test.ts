import { describe, expect, it } from "vitest";
import { type TriggerRow, whatFires } from "./trigger-row";

const common = {
  ...{ id: "trg_1", name: "It", isEnabled: true, actsAs: "operator", source: null, nextAt: null },
  ...{ previousValidUntil: null, lastFired: null, lastRefused: null },
};
const event = { event: "run.finished", statuses: [], condition: null, expression: null };

describe("what fires a trigger", () => {
  it.each<[TriggerRow, string]>([
    [{ ...common, kind: "webhook", settings: { expression: null } }, "https://x.test/api/hooks/trg_1"],
    [
      { ...common, kind: "schedule", settings: { cron: "0 9 * * *", zone: "UTC", catchUp: "skip", input: {} } },
      "0 9 * * * in UTC",
    ],
    [{ ...common, kind: "event", settings: { ...event, event: "order.placed" } }, "order.placed"],
    [
      {
        ...{ ...common, kind: "event", source: { id: "wfl_1", slug: "sync" } },
        settings: { ...event, statuses: ["failed"], condition: "event.data.x > 1" },
      },
      "run.finished of sync, failed, if event.data.x > 1",
    ],
  ])("is said in words", (row, words) => {
    expect(whatFires(row, "https://x.test/api/hooks")).toBe(words);
  });
});
