import { isDeepStrictEqual } from "node:util";
import { decide } from "@/policies/access/decide";
import type { AccessRequest } from "@/policies/access/request";
import { GOVERNANCE_PROFILES } from "@/policies/access/vocabulary";
import { regoOf } from "@/policies/compile/rego";
import { type RegoData, regoDataOf } from "@/policies/compile/rego-data";
import { shippedPolicy } from "@/policies/packs";
import { representatives } from "@/policies/verify/classes";
import { malformedRequests } from "@/policies/verify/malformed";
import { parseRego } from "@/policies/verify/rego-parse";
import { REGO_MUTANTS } from "@/policies/verify/rego-mutants";
import { askedSpace } from "@/policies/verify/witness";
import { startOpa } from "./engine";

/** So many at once: OPA as WebAssembly keeps what it worked out for all of them (2 GB at most). */
const BATCH = 400;
/** One of the plainest things, and one of those with most attributes. */
const MALFORMED_ACTIONS = ["billing.read", "approval.read"] as const;
/** A megabyte of text in each of many requests would be more than OPA as WebAssembly holds at once. */
const LONGEST = 20_000;
/** Faults that a few questions show, and how many of either answer those are. */
const PLANTED = ["denied unless asked otherwise", "grants that do not count", "a wall that is turned around"];
const FEW = 30;

interface Expected {
  request: AccessRequest;
  answer: { allow: boolean; matched: string[]; denied: string[]; obligations: unknown[] };
}

const opa = await startOpa();

/** Where OPA answers otherwise than expected. */
function differing(rego: string, data: RegoData, expected: readonly Expected[]): string[] {
  const found: string[] = [];
  for (let from = 0; from < expected.length; from += BATCH) {
    const batch = expected.slice(from, from + BATCH);
    const answers = opa.answer(
      rego,
      data,
      batch.map(({ request }) => request),
    );
    for (const [place, { request, answer }] of batch.entries())
      if (!isDeepStrictEqual(answers[place], answer))
        found.push(JSON.stringify({ request, answer, told: answers[place] }));
  }
  return found;
}

const say = (faults: readonly string[], what: string) => {
  process.stdout.write(
    `${faults.length === 0 ? "✓" : "✗"} ${what}\n${faults
      .slice(0, 5)
      .map((one) => `  ${one}\n`)
      .join("")}`,
  );
  if (faults.length > 0) process.exitCode = 1;
};

const seen = new Set<string>();
for (const profile of GOVERNANCE_PROFILES) {
  const policy = shippedPolicy(profile);
  const [rego, data] = [regoOf(policy), regoDataOf(policy)];
  const questions = [...askedSpace(policy)].filter((asked) => asked !== null);
  const expected = ({ request, may }: (typeof questions)[number]): Expected => {
    const { matched, denied, obligations } = decide([policy], request);
    return { request, answer: { allow: may, matched: matched.sort(), denied: denied.sort(), obligations } };
  };
  const asked = representatives(parseRego(rego), data, questions, seen).map(expected);
  const wrong = differing(rego, data, asked);
  say(
    wrong,
    `${profile}: ${asked.length} answers of OPA 0.47 stand, with those before, for ${questions.length} questions`,
  );
  // Of all questions: what was seen of the packs before is not among those that were asked of this one.
  const few = [true, false].flatMap((may) =>
    questions
      .filter((one) => one.may === may)
      .slice(0, FEW)
      .map(expected),
  );
  for (const [what, mutate] of REGO_MUTANTS.filter(([name]) => PLANTED.includes(name))) {
    const faulty = mutate(rego);
    // A fault that is none would be found by nothing, and prove nothing.
    const found = faulty === rego ? [] : differing(faulty, data, few);
    say(found.length > 0 ? [] : ["OPA answers as before"], `${profile}: a fault in the text is found: ${what}`);
  }
  if (profile !== "conductor-governance-internal") continue;
  const malformed = MALFORMED_ACTIONS.flatMap(malformedRequests).filter(
    ({ request }) => JSON.stringify(request).length < LONGEST,
  );
  const answers = opa.answer(
    rego,
    data,
    malformed.map(({ request }) => request),
  ) as Expected["answer"][];
  const accepted = malformed.filter((_, place) => answers[place]?.denied.includes("malformed-input") !== true);
  say(
    accepted.map(({ what }) => what),
    `${malformed.length} requests that cannot be answered are denied`,
  );
}
opa.close();
