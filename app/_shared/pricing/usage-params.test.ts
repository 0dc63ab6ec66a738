import { describe, expect, it } from "vitest";
import { scenarioUsage } from "@/server/pricing/domain/usage";
import { readUsageParams } from "./usage-params";

describe("a month in an address", () => {
  it("is a preset's where nothing else is said, the middle one's by default", () => {
    expect(readUsageParams({}).usage).toEqual(scenarioUsage("mid"));
    expect(readUsageParams({ preset: "small" })).toMatchObject({ usage: scenarioUsage("small"), faults: [] });
    expect(readUsageParams({ preset: "constructor" }).usage).toEqual(scenarioUsage("mid"));
    const used = { runs: 7, tasksPerRun: 3, weightMilli: 1_100 };
    expect(readUsageParams({ preset: "used" }, used).usage).toMatchObject(used);
    expect(readUsageParams({ preset: "small" }, used).usage).toEqual(scenarioUsage("small"));
  });

  it("is what its fields say, exactly, and a box that is not sent is not ticked", () => {
    const asked = {
      plan: "standard",
      runs: "12",
      tasks: "3",
      weight: "1.25",
      seats: "2",
      incident: "on",
      discount: "7.5",
    };
    expect(readUsageParams({ ...asked, rate: "45.50", hand: "0" })).toMatchObject({
      usage: {
        ...{ plan: "standard", runs: 12, tasksPerRun: 3, weightMilli: 1_250, seats: 2, discountMilli: 75 },
        addons: ["incident"],
      },
      own: { centsPerHour: 4_550, handMinutesPerRun: 0 },
      faults: [],
    });
  });

  it.each([
    ["runs", "-1"],
    ["runs", "1e9"],
    ["runs", "1.5"],
    ["runs", "NaN"],
    ["runs", ""],
    ["runs", "999999999999"],
    ["weight", "1.2345"],
    ["weight", "101"],
    ["discount", "100"],
    ["seats", "<b>"],
  ])("says once what %s may be, and is not %j, which stays as it was written", (name, written) => {
    const { faults, fields, usage } = readUsageParams({ [name]: written });
    expect(faults).toEqual([[name, expect.stringContaining("it must be")]]);
    expect(fields).toMatchObject({ [name]: written });
    expect({ ...usage, addons: [] }).toMatchObject({ ...scenarioUsage("mid"), addons: [] });
  });

  it("takes the first of nothing where a name is said twice", () => {
    expect(readUsageParams({ plan: ["standard", "pro"], runs: ["1", "2"] })).toMatchObject({
      usage: scenarioUsage("mid"),
    });
  });
});
