import { describe, expect, it } from "vitest";
import { changeInWords, flagChangesTo, type FoundFlag, type FoundFlags, killedBy } from "./flag-changes";
import { CONTEXT_FIELDS, FLAGS, strategyParameters } from "./flag-registry";

const NOTHING: FoundFlags = { contextFields: [], tagTypes: ["simple"], flags: [] };

/** A server that holds the flags as they should be, its fields in an order of its own. */
function asWanted(): { contextFields: FoundFlags["contextFields"]; tagTypes: string[]; flags: FoundFlag[] } {
  return {
    contextFields: [...CONTEXT_FIELDS].reverse(),
    tagTypes: ["simple", "sku"],
    flags: FLAGS.map(({ name, type, description, isEnabled, strategies, tags }) => ({
      ...{ name, type, description, isEnabled, isArchived: false, parents: [], tags: [...tags].reverse() },
      strategies: strategies.map(({ constraints }, place) => ({
        ...{ id: `${name}-${place}`, name: "flexibleRollout", isDisabled: false, segments: [] },
        constraints: constraints.map((each) => Object.fromEntries(Object.entries(each).reverse())),
        parameters: strategyParameters(name),
      })),
    })),
  };
}

/** A server that differs in one flag. */
const butFor = (flag: string, change: (found: FoundFlag) => Partial<FoundFlag>): FoundFlags => {
  const wanted = asWanted();
  return { ...wanted, flags: wanted.flags.map((each) => (each.name === flag ? { ...each, ...change(each) } : each)) };
};

describe("what is to be done", () => {
  it("is nothing where a server holds what it should", () => {
    expect(flagChangesTo(asWanted())).toEqual([]);
  });

  it("is everything on an empty server, in the order in which it can be done: no flag before what it names", () => {
    const kinds = flagChangesTo(NOTHING).map(({ kind }) => kind);
    expect(kinds.slice(0, 7)).toEqual([...CONTEXT_FIELDS.map(() => "add-context-field"), "add-tag-type"]);
    const sso = flagChangesTo(NOTHING).filter((change) => "flag" in change && change.flag === "feature.sso");
    expect(new Set(sso.map(({ kind }) => kind))).toEqual(
      new Set(["add-flag", "add-tag", "set-strategies", "switch-on"]),
    );
    expect(sso.at(-1)?.kind).toBe("switch-on");
    expect(
      flagChangesTo(NOTHING).some((change) => change.kind === "switch-on" && change.flag.startsWith("kill.")),
    ).toBe(false);
  });

  it.each<[string, string, (found: FoundFlag) => Partial<FoundFlag>, string]>([
    ["a flag that is off", "feature.sso", () => ({ isEnabled: false }), "feature.sso: is off"],
    ["a flag that depends on another", "feature.sso", () => ({ parents: ["checkout"] }), "depends on other flags"],
    ["a switch in the archive", "kill.sso", () => ({ isArchived: true }), "kill.sso: is in the archive"],
    ["another type", "kill.sso", () => ({ type: "release" }), "kill.sso: its type or description differs"],
    [
      "a strategy too few",
      "feature.sso",
      ({ strategies }) => ({ strategies: strategies.slice(1) }),
      "strategies differ",
    ],
    [
      "a strategy too many",
      "feature.sso",
      ({ strategies }) => ({ strategies: [...strategies, ...strategies.slice(0, 1)] }),
      "feature.sso: its strategies differ",
    ],
    [
      "a strategy that is disabled",
      "feature.sso",
      ({ strategies }) => ({ strategies: strategies.map((each) => ({ ...each, isDisabled: true })) }),
      "feature.sso: its strategies differ",
    ],
    [
      "a strategy for a segment alone",
      "feature.sso",
      ({ strategies }) => ({ strategies: strategies.map((each) => ({ ...each, segments: [1] })) }),
      "feature.sso: its strategies differ",
    ],
    [
      "a rollout to some",
      "feature.sso",
      ({ strategies }) => ({
        strategies: strategies.map((each) => ({ ...each, parameters: { ...each.parameters, rollout: "50" } })),
      }),
      "feature.sso: its strategies differ",
    ],
    [
      "a plan too many",
      "feature.own-branding",
      ({ strategies }) => ({
        strategies: strategies.map((each) => ({ ...each, constraints: each.constraints.slice(0, 1) })),
      }),
      "feature.own-branding: its strategies differ",
    ],
    ["a tag that is missing", "feature.sso", ({ tags }) => ({ tags: tags.slice(1) }), "feature.sso: lacks the tag"],
    ["a tag too many", "feature.sso", ({ tags }) => ({ tags: [...tags, "standard"] }), "has the tag standard"],
  ])("tells %s", (_what, flag, change, words) => {
    const changes = flagChangesTo(butFor(flag, change)).map(changeInWords);
    expect(changes).toEqual([expect.stringContaining(words)]);
    expect(changes[0]).toContain(flag);
  });

  it("tells a context field with other values, and a tag type that is missing", () => {
    const wanted = asWanted();
    const contextFields = wanted.contextFields.map((field) =>
      field.name === "plan" ? { ...field, legalValues: [] } : field,
    );
    expect(flagChangesTo({ ...wanted, contextFields, tagTypes: ["simple"] }).map(changeInWords)).toEqual([
      "context field plan: its values or its stickiness differ",
      "tag type sku: is missing",
    ]);
  });

  it("switches a flag on that comes from the archive, as it comes back off", () => {
    const kinds = flagChangesTo(butFor("feature.sso", () => ({ isArchived: true }))).map(({ kind }) => kind);
    expect(kinds).toEqual(["revive", "switch-on"]);
  });

  it("leaves alone whatever is not ours", () => {
    const wanted = asWanted();
    const [first] = wanted.flags;
    if (first === undefined) throw new Error("there are flags");
    const others = ["feature.of-somebody-else", "checkout"].map((name) => ({ ...first, name, strategies: [] }));
    expect(flagChangesTo({ ...wanted, flags: [...wanted.flags, ...others] })).toEqual([]);
  });

  it("leaves a kill switch on that somebody turned on, and its rules as they are, and names it", () => {
    const found = butFor("kill.sso", ({ strategies }) => ({
      ...{ isEnabled: true, parents: ["checkout"] },
      strategies: strategies.map((each) => ({ ...each, constraints: [{ contextName: "tenantId" }] })),
    }));
    expect(flagChangesTo(found)).toEqual([]);
    expect(killedBy(found)).toEqual(["kill.sso"]);
  });
});
