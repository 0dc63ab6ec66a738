import { z } from "zod";
import { appendLink } from "@/db/chain";
import { recordEvents } from "@/db/outbox";
import { type Tx, withTenant } from "@/db/tenancy";
import type { Decision } from "@/policies/access/decide";
import type { Resource } from "@/policies/access/request";
import type { Action } from "@/policies/access/vocabulary";
import type { Feature } from "@/policies/entitlements/features";
import { requireFeature } from "@/server/entitlements";
import { actorRef } from "@/server/kernel/actor";
import { invalid } from "@/server/kernel/errors";
import type { DomainEvent } from "@/server/kernel/event";
import { digestJson, type Json, jsonFault } from "@/server/kernel/json";
import type { ReceiptAction } from "@/server/receipts/domain/actions";
import { authorise, onRecord, recordPrivileged } from "./authorise";
import type { TenantContext } from "./context";
import { logView } from "./log-view";

/** What a loader brings: the thing as policy sees it, its id for the record, and whatever the verb needs of it. */
export interface Loaded {
  resource: Resource;
  /** `<kind>:<id>`, as receipts name it. */
  subject: string;
}

/** Inside a verb: the call, its transaction, and one moment that stands for "now". */
export interface Scope {
  ctx: TenantContext;
  tx: Tx;
  now: Date;
}

interface Shape<Input extends z.ZodType, Found extends Loaded> {
  /** The action that policy decides about. */
  action: Action;
  input: Input;
  /** Loads inside the tenant; throws NotFound for a missing row and for another tenant's alike. */
  load(scope: Scope, input: z.output<Input>): Promise<Found>;
}

interface WriteOutcome<Value> {
  value: Value;
  /** What the receipt names when it is not what was loaded, such as a row the verb made. */
  subject?: string;
  /** What the receipt says besides who, what and when. No secret: receipts are read by every member. */
  detail?: Json;
  events?: readonly DomainEvent[];
}

/** Of several features the one that an input needs. */
interface FeatureByInput<Input> {
  oneOf: readonly Feature[];
  of(input: Input): Feature;
}

/** Every feature that a verb may ask about. */
function featuresOf<Input>(feature: Feature | FeatureByInput<Input> | undefined): readonly Feature[] {
  if (feature === undefined) return [];
  return typeof feature === "string" ? [feature] : feature.oneOf;
}

export interface WriteSpec<Input extends z.ZodType, Found extends Loaded, Value> extends Shape<Input, Found> {
  /** `<noun>.<verb>`: what the receipt calls it; or why this verb leaves none. */
  receipt: ReceiptAction | { none: string };
  /** What the tenant must be entitled to: asked when the input is parsed, before anything is loaded (NotEntitled). */
  feature?: Feature | FeatureByInput<z.output<Input>>;
  /** Fields of the input that the receipt's digest leaves out: who guessed such a value could check the guess by it. */
  withheld?: readonly (keyof z.output<Input> & string)[];
  /** Further decisions about rows that the verb finds on its way go through `authorise` of this feature's own. */
  write(scope: Scope, input: z.output<Input>, found: Found, decision: Decision): Promise<WriteOutcome<Value>>;
}

export interface ReadSpec<Input extends z.ZodType, Found extends Loaded, Value> extends Shape<Input, Found> {
  read(scope: Scope, input: z.output<Input>, found: Found): Promise<Value>;
}

/** A verb: callable with a context and any input, which it parses strictly before anything else. */
export interface Verb<Input extends z.ZodType, Value> {
  (ctx: TenantContext, input: z.input<Input>): Promise<Value>;
  readonly kind: "read" | "write";
  readonly action: Action;
  readonly input: Input;
  /** What a tenant may have to be entitled to; left out where that is nothing. */
  readonly features?: readonly Feature[];
}

/** Parses strictly; throws Invalid with one message per field. */
export function parseInput<Input extends z.ZodType>(schema: Input, input: unknown): z.output<Input> {
  const fault = jsonFault(input);
  if (fault !== null) throw invalid(`The input is not valid: it ${fault}.`, { fields: [{ path: "", message: fault }] });
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  // What was sent names paths and unknown keys: shown at full length, it would make a refusal as large as what it refuses.
  const fields = parsed.error.issues.slice(0, 100).map((issue) => ({
    path: issue.path.map(String).join(".").slice(0, 300),
    message: issue.message.slice(0, 300),
  }));
  const summary = fields.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).slice(0, 5);
  throw invalid(`The input is not valid: ${summary.join("; ")}.`, { fields });
}

function without(input: unknown, fields: readonly string[]): unknown {
  if (fields.length === 0 || typeof input !== "object" || input === null) return input;
  return Object.fromEntries(Object.entries(input).filter(([name]) => !fields.includes(name)));
}

async function leaveReceipt<Value>(
  { ctx, tx, now }: Scope,
  spec: { receipt: ReceiptAction | { none: string }; action: Action; withheld?: readonly string[] },
  input: unknown,
  found: Loaded,
  decision: Decision,
  outcome: WriteOutcome<Value>,
): Promise<void> {
  if (typeof spec.receipt !== "string") return;
  appendLink(tx, "receipts", {
    tenantId: ctx.tenantId,
    id: ctx.newId("receipt"),
    at: now.toISOString(),
    actor: actorRef(ctx.actor),
    action: spec.receipt,
    subject: outcome.subject ?? found.subject,
    body: {
      action: spec.action,
      rules: decision.matched,
      revision: decision.revision,
      inputDigest: digestJson(without(input, spec.withheld ?? [])),
      requestId: ctx.requestId,
      detail: outcome.detail ?? null,
    },
  });
}

/**
 * A write verb. Its input is parsed and what the tenant must be entitled to is asked, then one transaction: load inside the
 * tenant, authorise the row, write, events, receipt. A denial rolls all of it back and is put on record by itself.
 */
export function defineWrite<Input extends z.ZodType, Found extends Loaded, Value>(
  spec: WriteSpec<Input, Found, Value>,
): Verb<Input, Value> {
  const verb = async (ctx: TenantContext, rawInput: z.input<Input>): Promise<Value> => {
    const input = parseInput(spec.input, rawInput);
    const feature = typeof spec.feature === "object" ? spec.feature.of(input) : spec.feature;
    if (feature !== undefined)
      await withTenant(ctx, (tx) => requireFeature(tx, ctx.tenantId, feature, ctx.clock.now()));
    return onRecord(ctx, () =>
      withTenant(ctx, async (tx) => {
        const scope: Scope = { ctx, tx, now: ctx.clock.now() };
        const found = await spec.load(scope, input);
        const decision = authorise(ctx, spec.action, found.resource, found.subject);
        await logView(tx, ctx, { action: spec.action, subject: found.subject, input: rawInput, now: scope.now });
        const outcome = await spec.write(scope, input, found, decision);
        recordEvents(tx, ctx.tenantId, ctx.newId, outcome.events ?? []);
        // Last, as writers of one tenant queue from here to their commit.
        await leaveReceipt(scope, spec, input, found, decision, outcome);
        recordPrivileged(tx, ctx, { ...found, action: spec.action, decision });
        return outcome.value;
      }),
    );
  };
  const features = featuresOf(spec.feature);
  return Object.assign(verb, { kind: "write" as const, action: spec.action, input: spec.input, features });
}

/** A read verb. One transaction: load inside the tenant, authorise the row, put it on the log where an auditor reads, read. */
export function defineRead<Input extends z.ZodType, Found extends Loaded, Value>(
  spec: ReadSpec<Input, Found, Value>,
): Verb<Input, Value> {
  const verb = async (ctx: TenantContext, rawInput: z.input<Input>): Promise<Value> => {
    const input = parseInput(spec.input, rawInput);
    return onRecord(ctx, () =>
      withTenant(ctx, async (tx) => {
        const scope: Scope = { ctx, tx, now: ctx.clock.now() };
        const found = await spec.load(scope, input);
        authorise(ctx, spec.action, found.resource, found.subject);
        await logView(tx, ctx, { action: spec.action, subject: found.subject, input: rawInput, now: scope.now });
        return spec.read(scope, input, found);
      }),
    );
  };
  return Object.assign(verb, { kind: "read" as const, action: spec.action, input: spec.input });
}

/** Input of verbs that take none. */
export const noInput = z.strictObject({});
