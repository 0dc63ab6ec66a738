import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shippedPolicy } from "@/policies/packs";
import { regoOf } from "@/policies/compile/rego";
import { regoDataOf } from "@/policies/compile/rego-data";
import { answering } from "@/policies/verify/rego-evaluate";
import { parseRego } from "@/policies/verify/rego-parse";
import { abilityOf } from "./ability";
import { type Atom, type Atoms, atoms } from "./atoms";
import { mayByBits, roleBits, wordOf } from "./bits";
import { decide } from "./decide";
import { replay, replayKeyOf } from "./replay";
import { type AccessRequest, parseRequest } from "./request";
import {
  ALL_ACTIONS,
  DATA_SENSITIVITIES,
  DEFAULT_REGIONS,
  ENVIRONMENTS,
  GOVERNANCE_PROFILES,
  isGoverned,
  isProposed,
  RISK_PROFILES,
  ROLES,
  subjectOf,
} from "./vocabulary";

/** Few people, places and tenants, so that they are often the same. */
const person = fc.constantFrom("usr_1", "usr_2", "usr_3", "😀");
const people = fc.array(person, { maxLength: 3 });
const tenant = fc.constantFrom("ten_1", "ten_2");
const region = fc.constantFrom("eu", "us");
const unit = fc.constantFrom("general", "finance");
const role = fc.constantFrom(...ROLES);
const sensitivity = fc.constantFrom(...DATA_SENSITIVITIES);

const principal = fc.record(
  {
    ...{ kind: fc.constantFrom("user", "api_key", "trigger", "job"), id: person, tenantId: tenant },
    ...{ roles: fc.uniqueArray(role), region, businessUnit: unit, clearance: sensitivity, breakGlass: fc.boolean() },
  },
  { requiredKeys: ["kind", "id", "tenantId", "roles", "region", "businessUnit", "clearance"] },
);

const governed = {
  ...{ environment: fc.constantFrom(...ENVIRONMENTS), region, riskProfile: fc.constantFrom(...RISK_PROFILES) },
  ...{ businessUnit: unit, dataSensitivity: sensitivity, contributors: people },
};

/** A sound request about any action. */
const sound = fc.constantFrom(...ALL_ACTIONS).chain((action) => {
  const subject = subjectOf(action);
  const resource = fc.record({
    ...{ subject: fc.constant(subject), tenantId: tenant },
    ...(isGoverned(subject) ? governed : {}),
    ...(isProposed(subject) ? { requesters: people } : {}),
    ...(subject === "approval" ? { role, requesters: people, voters: people } : {}),
  });
  return fc.record({ principal, action: fc.constant(action), resource }) as fc.Arbitrary<AccessRequest>;
});

const anything = fc.anything({ withNullPrototype: true, withDate: true, withMap: true, withSparseArray: true });

/** A sound request in which one thing is another: of all that corrupts it, what a type would not catch. */
const corrupted = fc
  .tuple(sound, fc.constantFrom("principal", "resource"), fc.nat(), anything, fc.string(), fc.nat(2))
  .map(([request, part, place, value, key, how]): unknown => {
    const names = Object.keys(request[part as "principal"]);
    const name = how === 0 ? key : (names[place % names.length] ?? key);
    return { ...request, [part]: { ...request[part as "principal"], [name]: value } };
  });

describe("parsing a request", () => {
  it("never throws, and comes to what was asked or to names of what is wrong", () => {
    fc.assert(
      fc.property(fc.oneof(anything, corrupted, sound), (request) => {
        const parsed = parseRequest(DEFAULT_REGIONS, request);
        if (parsed.isSound) return;
        expect(parsed.failed).not.toEqual([]);
        for (const policy of GOVERNANCE_PROFILES.map(shippedPolicy))
          expect(decide([policy], request)).toMatchObject({ allow: false, code: "MALFORMED", failed: parsed.failed });
      }),
      { numRuns: 2_000 },
    );
  });

  it("of what was parsed changes nothing more", () => {
    fc.assert(
      fc.property(sound, (request) => {
        const parsed = parseRequest(DEFAULT_REGIONS, request);
        expect(parsed).toEqual({ isSound: true, request });
        if (parsed.isSound) expect(parseRequest(DEFAULT_REGIONS, parsed.request)).toEqual(parsed);
      }),
    );
  });

  it("takes own properties only: what a prototype supplies is as good as missing", () => {
    fc.assert(
      fc.property(sound, fc.constantFrom("principal", "resource"), fc.nat(), (request, part, place) => {
        const { [part as "principal"]: whole, ...rest } = request;
        const entries = Object.entries(whole);
        const [name, value] = entries[place % entries.length] ?? ["", null];
        const others = Object.fromEntries(entries.filter(([key]) => key !== name));
        const inherited: unknown = Object.assign(Object.create({ [name]: value }) as object, others);
        expect(parseRequest(DEFAULT_REGIONS, { ...rest, [part]: inherited })).toEqual(
          parseRequest(DEFAULT_REGIONS, { ...rest, [part]: others }),
        );
        const all: unknown = Object.assign(Object.create({ [part]: whole }) as object, rest);
        expect(parseRequest(DEFAULT_REGIONS, all)).toEqual({ isSound: false, failed: [part] });
      }),
    );
  });
});

/** The attributes of who asks and of the thing that a relation is told by. */
const TOLD_BY: Readonly<Record<Atom, readonly string[]>> = {
  same_tenant: ["principal.tenantId", "resource.tenantId"],
  same_region: ["principal.region", "resource.region"],
  same_business_unit: ["principal.businessUnit", "resource.businessUnit"],
  cleared: ["principal.clearance", "resource.dataSensitivity"],
  contributor: ["principal.id", "resource.contributors"],
  person: ["principal.kind"],
  asked: ["principal.roles", "resource.role"],
  requester: ["principal.id", "resource.requesters"],
  voter: ["principal.id", "resource.voters"],
  break_glass: ["principal.breakGlass"],
};

/** A request that has of another all but the attributes named. */
function keeping(request: AccessRequest, other: AccessRequest, named: readonly string[]): AccessRequest {
  const mixed = (part: "principal" | "resource"): unknown =>
    Object.fromEntries(
      Object.keys({ ...request[part], ...other[part] }).flatMap((key) => {
        const from: object = key === "subject" || named.includes(`${part}.${key}`) ? request[part] : other[part];
        return Object.hasOwn(from, key) ? [[key, from[key as never]]] : [];
      }),
    );
  return { ...request, principal: mixed("principal"), resource: mixed("resource") } as AccessRequest;
}

describe("relations", () => {
  it.each(Object.entries(TOLD_BY) as [Atom, string[]][])("%s depends on nothing but %j", (atom, named) => {
    const alike = fc
      .tuple(sound, sound)
      .filter(([one, other]) => isGoverned(one.resource.subject) && one.resource.subject === other.resource.subject);
    fc.assert(
      fc.property(alike, ([request, other]) => {
        expect(atoms(keeping(request, other, named))[atom]).toBe(atoms(request)[atom]);
      }),
    );
  });

  it("are all told by something, and come in every combination of yes and no", () => {
    const seen = new Map<string, Set<boolean>>();
    for (const request of fc.sample(sound, 2_000))
      for (const [atom, value] of Object.entries(atoms(request) satisfies Atoms))
        seen.set(atom, (seen.get(atom) ?? new Set()).add(value as boolean));
    expect([...seen.keys()].sort()).toEqual(Object.keys(TOLD_BY).sort());
    for (const [atom, values] of seen) expect([atom, values.size]).toEqual([atom, 2]);
  });
});

describe.each(GOVERNANCE_PROFILES)("a sound request under %s", (profile) => {
  const policy = shippedPolicy(profile);
  const byRego = answering(parseRego(regoOf(policy)), { conductor: { authz_data: regoDataOf(policy) } });

  it("is answered alike by decide, CASL, the bits, the replay of its key, and the Rego as it reads", () => {
    fc.assert(
      fc.property(sound, (request) => {
        const { action, resource, principal: who } = request;
        const relations = atoms(request);
        const place = "riskProfile" in resource ? resource : { environment: null, riskProfile: null };
        const word = wordOf({ environment: place.environment, riskProfile: place.riskProfile, atoms: relations });
        const key = replayKeyOf(policy, request);
        const decision = decide([policy], request);
        const told = byRego(request);
        expect(decision.code).not.toBe("ENGINES_DIFFER");
        expect([
          abilityOf(policy, who.roles).can(action, { ...resource, ...relations }),
          mayByBits(policy, roleBits(who.roles), action, word),
          key !== null && replay([policy], action, key)?.allow,
          told.allow,
        ]).toEqual(Array.from({ length: 4 }, () => decision.allow));
        expect([told.matched, told.denied]).toEqual([decision.matched.sort(), decision.denied.sort()]);
      }),
      { numRuns: 500 },
    );
  });
});
