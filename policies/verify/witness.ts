import { atoms } from "@/policies/access/atoms";
import type { AccessRequest } from "@/policies/access/request";
import {
  type DataSensitivity,
  DATA_SENSITIVITIES,
  isGoverned,
  isProposed,
  ROLES,
  subjectOf,
} from "@/policies/access/vocabulary";
import { mayByBits, roleBits, wordOf } from "@/policies/access/bits";
import type { Policy } from "@/policies/access/policy";
import { type Question, relevantAtoms, space } from "./space";

const PERSON = "usr_who_asks";
const PAIRS = DATA_SENSITIVITIES.flatMap((clearance, reach) =>
  DATA_SENSITIVITIES.map((sensitivity, height) => ({ clearance, sensitivity, isCleared: height <= reach })),
);

const people = (isAmong: boolean, seed: number): string[] => [
  ...(seed % 2 === 0 ? ["usr_another"] : []),
  ...(isAmong ? [PERSON] : []),
];

function pairOf(isCleared: boolean, seed: number): { clearance: DataSensitivity; sensitivity: DataSensitivity } {
  const fitting = PAIRS.filter((pair) => pair.isCleared === isCleared);
  const pair = fitting[seed % fitting.length];
  if (pair === undefined) throw new Error("some clearance reaches, and some does not");
  return pair;
}

/**
 * A request with names that asks what a question without names does, so that what computes relations itself can be asked.
 * With another seed it asks the same by other words: another clearance that reaches as far, other people beside.
 */
function witnessOf(
  { action, role, environment, riskProfile, atoms: wanted }: Question,
  seed: number,
  [home, elsewhere = home]: readonly string[],
) {
  const subject = subjectOf(action);
  const { clearance, sensitivity } = pairOf(wanted.cleared, seed);
  const requesters = people(wanted.requester, seed);
  const principal = {
    ...{ kind: wanted.person ? "user" : ["api_key", "trigger", "job"][seed % 3], id: PERSON, tenantId: "ten_own" },
    ...{ roles: [role], region: home, businessUnit: "general", clearance },
    ...(wanted.break_glass ? { breakGlass: true } : seed % 3 === 0 ? { breakGlass: false } : {}),
  };
  const governed = {
    ...{ environment, riskProfile, region: wanted.same_region ? home : elsewhere, dataSensitivity: sensitivity },
    businessUnit: wanted.same_business_unit ? "general" : "other",
    contributors: people(wanted.contributor, seed),
  };
  const resource = {
    ...{ subject, tenantId: wanted.same_tenant ? "ten_own" : "ten_other" },
    ...(isGoverned(subject) ? governed : {}),
    ...(isProposed(subject) ? { requesters } : {}),
    ...(subject === "approval"
      ? {
          role: wanted.asked ? role : ROLES.find((other) => other !== role),
          ...{ requesters, voters: people(wanted.voter, seed) },
        }
      : {}),
  };
  return { principal, action, resource } as AccessRequest;
}

/** A question with names, and whether it may, as the bits say it without. */
export interface Asked {
  question: Question;
  request: AccessRequest;
  may: boolean;
}

/**
 * Every question of a policy as a request. Null for what no request can ask: whether a clearance reaches what has no
 * sensitivity, another region where there is but one, and their like.
 */
export function* askedSpace(policy: Policy): Generator<Asked | null> {
  let seed = 0;
  for (const question of space(policy)) {
    const request = witnessOf(question, seed++, policy.regions);
    const relations = atoms(request);
    const isAsked = relevantAtoms([policy], question.action).every((atom) => relations[atom] === question.atoms[atom]);
    const may = mayByBits(policy, roleBits([question.role]), question.action, wordOf(question));
    yield isAsked ? { question, request, may } : null;
  }
}
