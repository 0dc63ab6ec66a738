import { z } from "zod";
import { ALL_ACTIONS, DATA_SENSITIVITIES, ENVIRONMENTS, RISK_PROFILES, ROLES, type Subject } from "./vocabulary";

const id = z.string().min(1).max(200);
const regionWord = z.string().min(1).max(63);

/** Who asks, as policy sees them. */
const principalSchema = z.strictObject({
  kind: z.enum(["user", "api_key", "trigger", "job"]),
  id,
  tenantId: id,
  roles: z.array(z.enum(ROLES)).max(ROLES.length),
  region: regionWord,
  businessUnit: regionWord,
  clearance: z.enum(DATA_SENSITIVITIES),
  /** A break-glass grant is open. */
  breakGlass: z.boolean().optional(),
});
export type Principal = z.output<typeof principalSchema>;

const plain = <S extends Subject>(subject: S) => z.strictObject({ subject: z.literal(subject), tenantId: id });
const proposed = <S extends Subject>(subject: S) =>
  plain(subject).extend({
    /** User ids of the people behind it, and of whom it is about. */
    requesters: z.array(id).max(1_000),
  });
const governed = <S extends Subject>(subject: S) =>
  z.strictObject({
    subject: z.literal(subject),
    tenantId: id,
    environment: z.enum(ENVIRONMENTS),
    region: regionWord,
    riskProfile: z.enum(RISK_PROFILES),
    businessUnit: regionWord,
    dataSensitivity: z.enum(DATA_SENSITIVITIES),
    /** User ids of everyone who shaped it since it was last approved. */
    contributors: z.array(id).max(1_000),
  });

const approval = governed("approval").extend({
  /** The role that its stage asks. */
  role: z.enum(ROLES),
  /** User ids of the people behind it. */
  requesters: z.array(id).max(50),
  /** User ids of those who have decided about it already. */
  voters: z.array(id).max(100),
});

/** What is asked about. Strict: a missing or unknown attribute is refused before any engine sees it. */
const resourceSchema = z.discriminatedUnion("subject", [
  plain("deployment"),
  plain("tenant"),
  plain("member"),
  plain("api_key"),
  plain("secret"),
  plain("event"),
  plain("adapter"),
  plain("receipt"),
  plain("decision"),
  plain("remediation"),
  plain("billing"),
  plain("pricing"),
  plain("slo"),
  plain("incident"),
  plain("evidence"),
  plain("audit"),
  plain("finding"),
  proposed("policy"),
  proposed("break_glass"),
  proposed("access_review"),
  governed("workflow"),
  governed("run"),
  governed("trigger"),
  approval,
]);
export type Resource = z.output<typeof resourceSchema>;
export type GovernedResource = Extract<Resource, { riskProfile: unknown }>;

export const requestSchema = z.strictObject({
  principal: principalSchema,
  action: z.enum(ALL_ACTIONS as readonly [(typeof ALL_ACTIONS)[number], ...(typeof ALL_ACTIONS)[number][]]),
  resource: resourceSchema,
});
export type AccessRequest = z.output<typeof requestSchema>;
