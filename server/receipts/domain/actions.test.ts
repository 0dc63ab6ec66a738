import { describe, expect, it } from "vitest";
import { actionLabel, ALL_RECEIPT_ACTIONS, receiptSentence } from "./actions";

describe("a receipt in words", () => {
  it.each([
    ["workflow.publish", "Sync orders, version 2", "Ada published Sync orders, version 2"],
    ["member.leave", "Ada", "Ada left the tenant"],
    ["member.leave", null, "Ada left the tenant"],
    ["run.start", null, "Ada: Run started"],
    ["run.start", "$& and $1", "Ada started a run of $& and $1"],
    ["planet.move", "Mars", "Ada: planet.move"],
    ["constructor", "Mars", "Ada: constructor"],
  ])("says %s of %s", (action, thing, sentence) => {
    expect(receiptSentence({ who: "Ada", action, thing })).toBe(sentence);
  });

  it("has a label of its own for every action", () => {
    const labels = ALL_RECEIPT_ACTIONS.map(actionLabel);
    expect(new Set(labels).size).toBe(ALL_RECEIPT_ACTIONS.length);
  });
});
