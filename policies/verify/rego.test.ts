import { describe, expect, it } from "vitest";
import { decide } from "@/policies/access/decide";
import type { Policy } from "@/policies/access/policy";
import { GOVERNANCE_PROFILES } from "@/policies/access/vocabulary";
import { regoOf } from "@/policies/compile/rego";
import { regoDataOf } from "@/policies/compile/rego-data";
import { shippedPolicy } from "@/policies/packs";
import { malformedRequests } from "./malformed";
import { REGO_MUTANTS } from "./rego-mutants";
import { answering, type RegoAnswer } from "./rego-evaluate";
import { parseRego } from "./rego-parse";
import { type Asked, askedSpace } from "./witness";

/** Fewer questions than this would mean that something is not asked any more. */
const LEAST_QUESTIONS = 10_000;

/** No request says that a clearance does not reach what has no sensitivity, for each role and action of the kind. */
const UNASKED_MOST = 200;

const saas = shippedPolicy("conductor-governance-saas");

/** A module as text, answering from its text alone. */
const answersOf = (policy: Policy, text = regoOf(policy)) =>
  answering(parseRego(text), { conductor: { authz_data: regoDataOf(policy) } });

/** What is to be told of a request: the bits' answer, with the rules and chains that `decide` names. */
function expectedOf(policy: Policy, { request, may }: Asked): RegoAnswer {
  const { matched, denied, obligations } = decide([policy], request);
  return { allow: may, matched: matched.sort(), denied: denied.sort(), obligations };
}

const QUESTIONS = [...askedSpace(saas)].flatMap((one) =>
  one === null ? [] : [{ ...one, expected: JSON.stringify(expectedOf(saas, one)) }],
);

/** The first question that the text answers otherwise, if there is one. */
function differing(text: string): string[] {
  const answer = answersOf(saas, text);
  const found = QUESTIONS.find(({ request, expected }) => JSON.stringify(answer(request)) !== expected);
  return found === undefined ? [] : [JSON.stringify(found.request)];
}

/** What the text answers though it cannot be answered: of one action for each shape that a request can have. */
function unrefused(text: string): string[] {
  const answer = answersOf(saas, text);
  return (["billing.read", "policy.approve", "run.read", "approval.read"] as const)
    .flatMap(malformedRequests)
    .filter(({ request }) => !answer(request).denied.includes("malformed-input"))
    .map(({ what }) => what);
}

describe.each(GOVERNANCE_PROFILES)("the Rego of %s", (profile) => {
  const policy = shippedPolicy(profile);

  it("says what the bits say, over the whole space of questions, and names the same rules and chains", () => {
    const answer = answersOf(policy);
    let questions = 0;
    let unasked = 0;
    for (const asked of askedSpace(policy)) {
      if (asked === null) unasked += 1;
      else {
        questions += 1;
        const { request } = asked;
        const expected = expectedOf(policy, asked);
        const told = answer(request);
        // Compared as text first: a thousand times faster than `expect`.
        if (JSON.stringify(told) !== JSON.stringify(expected)) expect([request, told]).toEqual([request, expected]);
      }
    }
    process.stdout.write(`${profile}: ${questions} questions answered from the text of its Rego\n`);
    expect(questions).toBeGreaterThan(LEAST_QUESTIONS);
    expect(unasked).toBeLessThan(UNASKED_MOST);
  });
});

describe("a request that cannot be answered", () => {
  const answer = answersOf(saas);

  it("is denied when its action is about something else than its resource", () => {
    const first = QUESTIONS.find(({ may, question }) => may && question.action === "run.start");
    if (first === undefined) throw new Error("somebody may start a run");
    const { request } = first;
    const other = { ...request, action: "workflow.retire" };
    expect(answer(other)).toMatchObject({ allow: false, denied: ["malformed-input"] });
    expect(decide([saas], other).allow).toBe(false);
  });
});

describe("a fault in the text", () => {
  it("is none in the text as it is emitted", () => {
    expect([...differing(regoOf(saas)), ...unrefused(regoOf(saas))]).toEqual([]);
  });

  it.each(REGO_MUTANTS)("is found: %s", (_what, mutate) => {
    const text = regoOf(saas);
    const mutated = mutate(text);
    expect(mutated).not.toBe(text);
    // The few malformed requests first: most mutants that those do not find turn one of the first questions.
    const found = unrefused(mutated);
    expect(found.length === 0 ? differing(mutated) : found).not.toEqual([]);
  });

  it.each([
    ["a wildcard", 'package a\nx if "*" in data[_]\ny if z'],
    ["a call that is not known", "package a\nx if http.send({1})"],
    ["another import", "package a\nimport data.secret"],
    ["a rule that nobody knows", "package a\nallow if nobody"],
    ["a body that says nothing", "package a\nallow if {\n}"],
  ])("is no Rego that is read here: %s", (_what, text) => {
    expect(() => answering(parseRego(text), {})({})).toThrow(Error);
  });
});
