import { z } from "zod";
import {
  ALL_ACTIONS,
  DATA_SENSITIVITIES,
  ENVIRONMENTS,
  RISK_PROFILES,
  ROLES,
  type Subject,
  subjectOf,
} from "./vocabulary";

/**
 * A text of one to so many characters: zod counts code points, as JSON Schema and OPA do. Half a character is refused, as what
 * reads the request as UTF-8 would take two different ones for the same.
 */
const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((given) => given.isWellFormed());
const id = text(200);
const unitWord = text(63);

/** Who asks, as policy sees them. */
const principalIn = (regionWord: z.ZodType<string>) =>
  z.strictObject({
    kind: z.enum(["user", "api_key", "trigger", "job"]),
    id,
    tenantId: id,
    roles: z.array(z.enum(ROLES)).max(ROLES.length),
    region: regionWord,
    businessUnit: unitWord,
    clearance: z.enum(DATA_SENSITIVITIES),
    /** A break-glass grant is open. */
    breakGlass: z.boolean().optional(),
  });
export type Principal = z.output<ReturnType<typeof principalIn>>;

const plain = <S extends Subject>(subject: S) => z.strictObject({ subject: z.literal(subject), tenantId: id });
const proposed = <S extends Subject>(subject: S) =>
  plain(subject).extend({
    /** User ids of the people behind it, and of whom it is about. */
    requesters: z.array(id).max(1_000),
  });
const governed = <S extends Subject>(subject: S, regionWord: z.ZodType<string>) =>
  z.strictObject({
    subject: z.literal(subject),
    tenantId: id,
    environment: z.enum(ENVIRONMENTS),
    region: regionWord,
    riskProfile: z.enum(RISK_PROFILES),
    businessUnit: unitWord,
    dataSensitivity: z.enum(DATA_SENSITIVITIES),
    /** User ids of everyone who shaped it since it was last approved. */
    contributors: z.array(id).max(1_000),
  });

const approvalIn = (regionWord: z.ZodType<string>) =>
  governed("approval", regionWord).extend({
    /** The role that its stage asks. */
    role: z.enum(ROLES),
    /** User ids of the people behind it. */
    requesters: z.array(id).max(50),
    /** User ids of those who have decided about it already. */
    voters: z.array(id).max(100),
  });

/** What is asked about. Strict: a missing or unknown attribute is refused before any engine sees it. */
const resourceIn = (regionWord: z.ZodType<string>) =>
  z.discriminatedUnion("subject", [
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
    proposed("catalogue"),
    governed("workflow", regionWord),
    governed("run", regionWord),
    governed("trigger", regionWord),
    approvalIn(regionWord),
  ]);
export type Resource = z.output<ReturnType<typeof resourceIn>>;
export type GovernedResource = Extract<Resource, { riskProfile: unknown }>;

function schemaIn(regions: readonly string[]) {
  const regionWord = z.enum(regions);
  return z
    .strictObject({
      principal: principalIn(regionWord),
      action: z.enum(ALL_ACTIONS as readonly [(typeof ALL_ACTIONS)[number], ...(typeof ALL_ACTIONS)[number][]]),
      resource: resourceIn(regionWord),
    })
    .refine(({ action, resource }) => subjectOf(action) === resource.subject, { path: ["resource", "subject"] });
}
type RequestSchema = ReturnType<typeof schemaIn>;
export type AccessRequest = z.output<RequestSchema>;

/** By regions: a process has one list, which tests and commands vary. */
const schemas = new Map<string, RequestSchema>();

/** The schema of requests in a deployment with these regions. */
export function requestSchemaIn(regions: readonly string[]): RequestSchema {
  const key = regions.join(",");
  const schema = schemas.get(key) ?? schemaIn(regions);
  schemas.set(key, schema);
  return schema;
}

/** What a request says, or the attributes that are missing, unknown or no value of theirs. */
export type ParsedRequest = { isSound: true; request: AccessRequest } | { isSound: false; failed: string[] };

/** Nothing but own properties, one level into the request and its parts: a prototype must not supply an attribute. */
function ownProperties(request: unknown): unknown {
  const own = (value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.assign(Object.create(null) as object, value)
      : value;
  const outer = own(request);
  if (typeof outer !== "object" || outer === null || Array.isArray(outer)) return outer;
  return Object.fromEntries(Object.entries(outer).map(([key, value]) => [key, own(value)]));
}

/** Names of unknown attributes are the caller's own words, and denials are put on record: so many, and so long, no more. */
const UNKNOWN_NAMED = 5;
const UNKNOWN_LENGTH = 63;

function namesOf(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String).join(".");
  if (issue.code !== "unrecognized_keys") return [path === "" ? "request" : path];
  return issue.keys
    .slice(0, UNKNOWN_NAMED)
    .map((key) => [...(path === "" ? [] : [path]), key.slice(0, UNKNOWN_LENGTH)].join("."));
}

/**
 * Reads a request strictly, before any engine sees it: each attribute there as its own property, of its type and a known
 * word, a region one of the deployment's, nothing else, and the action one on what the resource is. Never throws; names every attribute that is not so.
 */
export function parseRequest(regions: readonly string[], request: unknown): ParsedRequest {
  const parsed = requestSchemaIn(regions).safeParse(ownProperties(request));
  if (parsed.success) return { isSound: true, request: parsed.data };
  return { isSound: false, failed: [...new Set(parsed.error.issues.flatMap(namesOf))] };
}
