import { decide, type Decision } from "@/policies/access/decide";
import type { Policy } from "@/policies/access/policy";
import {
  ALL_ACTIONS,
  type Action,
  isGoverned,
  isProposed,
  profileNamed,
  ROLES,
  subjectOf,
} from "@/policies/access/vocabulary";
import { PACKS, shippedPolicy } from "@/policies/packs";

/** A question in the words of the catalogue. What is left out takes its default. */
export interface Question {
  profile: string;
  role: string;
  action: string;
  risk?: string | undefined;
  environment?: string | undefined;
  /** Of the thing; whoever asks is of the region and unit that are the defaults. */
  region?: string | undefined;
  sensitivity?: string | undefined;
  business_unit?: string | undefined;
  same_tenant?: boolean | undefined;
  contributor?: boolean | undefined;
  /** A program asks, and no person. */
  program?: boolean | undefined;
  /** Of a request for approval: its stage asks another role. */
  other_role_asked?: boolean | undefined;
  /** They asked for it themselves, or it is about them. */
  requester?: boolean | undefined;
  /** They have decided about it before. */
  decided_before?: boolean | undefined;
  /** Break-glass is open for them. */
  break_glass?: boolean | undefined;
}

/** What a question means that says no more than it must. */
const DEFAULTS = {
  ...{ risk: "low", environment: "dev", region: "eu", sensitivity: "internal", business_unit: "general" },
  ...{ same_tenant: true, contributor: false },
} as const;

/** The short words for what people do most. */
const SHORT_ACTIONS = {
  author: "workflow.author",
  submit: "workflow.submit",
  review: "workflow.review",
  publish: "workflow.publish",
  run: "run.start",
  approve: "approval.decide",
  kill: "run.kill",
  pause: "workflow.pause",
} as const satisfies Record<string, Action>;

const PERSON = "usr_who_asks";
/** What a person who asks calls the attributes. */
const NAMES: Readonly<Record<string, string>> = {
  riskProfile: "risk_profile",
  dataSensitivity: "data_sensitivity",
  businessUnit: "business_unit",
  tenantId: "tenant_id",
  roles: "role",
};

const namedAs = (failed: string): string => {
  const last = failed
    .split(".")
    .filter((part) => !["resource", "principal"].includes(part) && !/^\d+$/.test(part))
    .at(-1);
  return last === undefined ? failed : (NAMES[last] ?? last);
};

function requestOf(question: Omit<Question, "profile">, action: string) {
  const { role, risk, environment, region, sensitivity, business_unit, same_tenant, contributor } = question;
  const requesters = question.requester === true ? [PERSON] : [];
  const voters = question.decided_before === true ? [PERSON] : [];
  const asked = question.other_role_asked === true ? ROLES.find((each) => each !== role) : role;
  const subject = subjectOf(action as Action);
  const tenantId = (same_tenant ?? DEFAULTS.same_tenant) ? "ten_own" : "ten_other";
  const governed = {
    environment: environment ?? DEFAULTS.environment,
    region: region ?? DEFAULTS.region,
    riskProfile: risk ?? DEFAULTS.risk,
    businessUnit: business_unit ?? DEFAULTS.business_unit,
    dataSensitivity: sensitivity ?? DEFAULTS.sensitivity,
    contributors: (contributor ?? DEFAULTS.contributor) ? [PERSON] : [],
  };
  return {
    principal: {
      ...{ kind: question.program === true ? "api_key" : "user", id: PERSON, tenantId: "ten_own", roles: [role] },
      breakGlass: question.break_glass === true,
      ...{ region: DEFAULTS.region, businessUnit: DEFAULTS.business_unit, clearance: DEFAULTS.sensitivity },
    },
    action,
    resource: {
      ...{ subject, tenantId },
      ...(isGoverned(subject) ? governed : {}),
      ...(isProposed(subject) ? { requesters } : {}),
      ...(subject === "approval" ? { role: asked, requesters, voters } : {}),
    },
  };
}

/** A question as a request with names. */
export const requestFor = (question: Question) => requestOf(question, actionNamed(question.action));

const malformed = (attribute: string, revision = ""): Decision => ({
  ...{ allow: false, code: "MALFORMED", revision, matched: [], denied: [], failed: [attribute], nearest: [] },
  ...{ obligations: [], counterfactual: null, whoCould: [] },
});

const actionNamed = (word: string): string =>
  Object.hasOwn(SHORT_ACTIONS, word) ? SHORT_ACTIONS[word as keyof typeof SHORT_ACTIONS] : word;

/** Puts a question to a shipped pack. */
export function ask(question: Question): Decision {
  const profile = profileNamed(question.profile);
  if (!Object.hasOwn(PACKS, profile)) return malformed("profile");
  return askOf([shippedPolicy(profile as keyof typeof PACKS)], question);
}

/** Puts a question to policies, of which the strictest counts; attributes are called in the answer what the catalogue calls them. */
export function askOf(policies: readonly [Policy, ...Policy[]], question: Omit<Question, "profile">): Decision {
  const [policy] = policies;
  const action = actionNamed(question.action);
  if (!(ALL_ACTIONS as readonly string[]).includes(action)) return malformed("action", policy.revision);
  const decision = decide(policies, requestOf(question, action));
  const { failed, nearest, counterfactual } = decision;
  return {
    ...decision,
    failed: [...new Set(failed.map(namedAs))],
    nearest: nearest.map((near) => ({ ...near, failed: near.failed.map(namedAs) })),
    counterfactual:
      counterfactual === null
        ? null
        : Object.fromEntries(Object.entries(counterfactual).map(([name, value]) => [namedAs(name), value])),
  };
}

/** Which of the defaults a question takes. */
export const assumed = (question: Question): Record<string, string | boolean> =>
  Object.fromEntries(Object.entries(DEFAULTS).filter(([name]) => question[name as keyof Question] === undefined));
