import { z } from "zod";
import { decide, type Decision } from "@/policies/access/decide";
import { type Policy, policyIn } from "@/policies/access/policy";
import {
  ALL_ACTIONS,
  type Action,
  DEFAULT_REGIONS,
  isGoverned,
  isProposed,
  profileNamed,
  ROLES,
  subjectOf,
} from "@/policies/access/vocabulary";
import { PACKS, shippedPolicy } from "@/policies/packs";

/** Longer words are none; what a word means, the vocabulary says. */
const word = z.string().max(1_000).optional();
const flag = z.boolean().optional();

/** A question in the words of the catalogue, but for the pack that is asked. What is left out takes its default. */
export const askSchema = z.strictObject({
  role: z.string().max(1_000),
  action: z.string().max(1_000),
  ...{ risk: word, environment: word, sensitivity: word },
  /** Of the thing; whoever asks is of the region and unit that are the defaults. */
  ...{ region: word, business_unit: word },
  ...{ same_tenant: flag, contributor: flag },
  /** A program asks, and no person. */
  program: flag,
  /** Of a request for approval: its stage asks another role. */
  other_role_asked: flag,
  /** They asked for it themselves, or it is about them. */
  requester: flag,
  /** They have decided about it before. */
  decided_before: flag,
  /** Break-glass is open for them. */
  break_glass: flag,
});
type Asking = z.output<typeof askSchema>;

/** A question to a pack. */
export const questionSchema = askSchema.extend({ profile: z.string().max(1_000) });
export type Question = z.output<typeof questionSchema>;

/** What a question means that says no more than it must. */
const DEFAULTS = {
  ...{ risk: "low", environment: "dev", sensitivity: "internal", business_unit: "general" },
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
  risk: "risk_profile",
  sensitivity: "data_sensitivity",
  breakGlass: "break_glass",
};

/** What a person who asks calls an attribute that failed. */
export const nameOf = (failed: string): string => {
  const last = failed
    .split(".")
    .filter((part) => !["resource", "principal"].includes(part) && !/^\d+$/.test(part))
    .at(-1);
  return last === undefined ? failed : (NAMES[last] ?? last);
};

function requestOf(question: Asking, action: string, home: string) {
  const { role, risk, environment, region, sensitivity, business_unit, same_tenant, contributor } = question;
  const requesters = question.requester === true ? [PERSON] : [];
  const voters = question.decided_before === true ? [PERSON] : [];
  const asked = question.other_role_asked === true ? ROLES.find((each) => each !== role) : role;
  const subject = subjectOf(action as Action);
  const tenantId = (same_tenant ?? DEFAULTS.same_tenant) ? "ten_own" : "ten_other";
  const governed = {
    environment: environment ?? DEFAULTS.environment,
    region: region ?? home,
    riskProfile: risk ?? DEFAULTS.risk,
    businessUnit: business_unit ?? DEFAULTS.business_unit,
    dataSensitivity: sensitivity ?? DEFAULTS.sensitivity,
    contributors: (contributor ?? DEFAULTS.contributor) ? [PERSON] : [],
  };
  return {
    principal: {
      ...{ kind: question.program === true ? "api_key" : "user", id: PERSON, tenantId: "ten_own", roles: [role] },
      breakGlass: question.break_glass === true,
      ...{ region: home, businessUnit: DEFAULTS.business_unit, clearance: DEFAULTS.sensitivity },
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

/** Whoever asks is of the first region. */
const homeIn = ([home = ""]: readonly string[]): string => home;

/** A question as a request with names, in a deployment with these regions. */
export const requestFor = (question: Question, regions = DEFAULT_REGIONS) =>
  requestOf(question, actionNamed(question.action), homeIn(regions));

const malformed = (attribute: string, revision = ""): Decision => ({
  ...{ allow: false, code: "MALFORMED", revision, matched: [], denied: [], failed: [attribute], nearest: [] },
  ...{ obligations: [], counterfactual: null, whoCould: [] },
});

const actionNamed = (word: string): string =>
  Object.hasOwn(SHORT_ACTIONS, word) ? SHORT_ACTIONS[word as keyof typeof SHORT_ACTIONS] : word;

/** The first thing of a question that is missing, unknown or no value of its own; null where all of it is sound. */
function faultIn(schema: typeof askSchema | typeof questionSchema, question: unknown): string | null {
  const own =
    typeof question === "object" && question !== null && !Array.isArray(question) ? { ...question } : question;
  const parsed = schema.safeParse(own);
  if (parsed.success) return null;
  const [issue] = parsed.error.issues;
  const [named] = issue?.code === "unrecognized_keys" ? issue.keys : (issue?.path ?? []);
  return named === undefined ? "question" : nameOf(String(named).slice(0, 63));
}

/** Puts a question to a shipped pack, in a deployment with these regions. */
export function ask(question: Question, regions = DEFAULT_REGIONS): Decision {
  const fault = faultIn(questionSchema, question);
  if (fault !== null) return malformed(fault);
  const { profile: named, ...asked } = question;
  const profile = profileNamed(named);
  if (!Object.hasOwn(PACKS, profile)) return malformed("profile");
  return askOf([policyIn(shippedPolicy(profile as keyof typeof PACKS), regions)], asked);
}

/** Puts a question to policies, of which the strictest counts; attributes are called in the answer what the catalogue calls them. */
export function askOf(policies: readonly [Policy, ...Policy[]], question: Asking): Decision {
  const [policy] = policies;
  const fault = faultIn(askSchema, question);
  if (fault !== null) return malformed(fault, policy.revision);
  const action = actionNamed(question.action);
  if (!(ALL_ACTIONS as readonly string[]).includes(action)) return malformed("action", policy.revision);
  const decision = decide(policies, requestOf(question, action, homeIn(policy.regions)));
  const { failed, nearest, counterfactual } = decision;
  return {
    ...decision,
    failed: [...new Set(failed.map(nameOf))],
    nearest: nearest.map((near) => ({ ...near, failed: near.failed.map(nameOf) })),
    counterfactual:
      counterfactual === null
        ? null
        : Object.fromEntries(Object.entries(counterfactual).map(([name, value]) => [nameOf(name), value])),
  };
}

/** Which of the defaults a question takes. */
export const assumed = (question: Question, regions = DEFAULT_REGIONS): Record<string, string | boolean> =>
  Object.fromEntries(
    Object.entries({ ...DEFAULTS, region: homeIn(regions) }).filter(
      ([name]) => question[name as keyof Question] === undefined,
    ),
  );
