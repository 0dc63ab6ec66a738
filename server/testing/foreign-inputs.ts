import { z } from "zod";
import type { Json } from "@/server/kernel/json";
import { twoStepDefinition } from "./definitions";

/** What a test hands in for a field that is no id: a valid value, by the field's name. */
const SAMPLES: Readonly<Record<string, Json>> = {
  accessHash: `sha256:${"0".repeat(64)}`,
  action: "run.start",
  addOns: [],
  address: "https://adapter.example.test/",
  allowedHosts: ["api.example.test"],
  baseHash: `sha256:${"0".repeat(64)}`,
  clearance: "internal",
  comment: "Read.",
  control: "MC-AC-01",
  contentHash: `sha256:${"0".repeat(64)}`,
  cron: "0 9 * * *",
  definition: twoStepDefinition() as Json,
  dueAt: "2999-01-01T00:00:00.000Z",
  email: "somebody@example.test",
  engagement: "SOC 2 of tests",
  endsAt: "2999-01-02T00:00:00.000Z",
  environment: "dev",
  event: "run.finished",
  executionClass: "bulk",
  expiresAt: "2999-01-01T00:00:00.000Z",
  expiresInDays: 30,
  format: "md",
  from: "2026-01-01T00:00:00.000Z",
  fromStatus: "open",
  graceHours: 1,
  handoffAt: "09:00",
  input: {},
  isDone: true,
  isOn: true,
  isPublic: true,
  lever: { kind: "throttle", toPercent: 50 },
  items: [{ itemId: `ari_${"0".repeat(32)}`, accessHash: `sha256:${"0".repeat(64)}` }],
  keeps: true,
  memberIds: [`mem_${"0".repeat(32)}`],
  minutes: 5,
  moreSeats: 0,
  months: [{ plan: "pro", runs: 1, tasksPerRun: 1, weightMilli: 1_000, seats: 1, addons: [] }],
  mostConcurrentRuns: 10,
  mostConcurrentSteps: 10,
  mostQueuedRuns: 10,
  name: "A name",
  note: "It is done.",
  plan: "pro",
  rules: [],
  profile: "saas",
  prorationDate: 1,
  reason: "A reason",
  reference: "INC-1",
  reviewerIds: [`mem_${"0".repeat(32)}`],
  role: "commander",
  roles: ["read_only"],
  rotation: "weekly",
  seenAt: "2026-01-01T00:00:00.000Z",
  seenHosts: ["api.example.test"],
  seq: 1,
  sessionId: "cs_test_nobody",
  severity: "sev3",
  startsAt: "2999-01-01T00:00:00.000Z",
  startsOn: "2026-01-05",
  stepId: "fetch",
  targetPpm: 999_000,
  steps: [{ afterMinutes: 0, targets: [{ kind: "administrators" }] }],
  tenant: "nobody",
  text: "Some words.",
  title: "founder",
  to: "2026-01-02T00:00:00.000Z",
  toRevision: "a revision of tests",
  toStatus: "mitigated",
  token: "x".repeat(43),
  until: "2026-12-31T00:00:00.000Z",
  value: "a value of tests",
  verdict: "approved",
  version: 1,
  zone: "UTC",
};

interface ObjectSchema {
  properties?: Record<string, { idKind?: string }>;
  required?: string[];
}

export interface ForeignInput {
  input: Record<string, Json>;
  /** Fields that name something: an id of one kind, or a slug. */
  naming: { field: string; kind: string }[];
}

/** Names of things by kind, such as one tenant's ids. */
export type NamedThings = Readonly<Record<string, string>>;

/**
 * A valid input of a procedure in which every id and slug is one of `things`. Throws for a field it has no sample for,
 * so that a new procedure cannot slip past the test.
 */
export function inputNaming(schema: z.ZodType, things: NamedThings): ForeignInput {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as ObjectSchema;
  const input: Record<string, Json> = {};
  const naming: ForeignInput["naming"] = [];
  for (const [field, property] of Object.entries(json.properties ?? {})) {
    const kind = property.idKind ?? (field === "slug" ? "slug" : undefined);
    if (kind !== undefined && field !== "cursor") {
      const thing = things[kind];
      if (thing === undefined) throw new Error(`The other tenant has no ${kind} to hand in for ${field}.`);
      input[field] = thing;
      naming.push({ field, kind });
    } else if (SAMPLES[field] !== undefined) {
      input[field] = SAMPLES[field];
    } else if (json.required?.includes(field)) {
      throw new Error(`No sample for the field ${field}: add one to foreign-inputs.ts.`);
    }
  }
  return { input, naming };
}
