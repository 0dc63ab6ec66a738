import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import type { Database } from "@/db/client";
import { entitlementOverrides } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { type AddOn, addOnTitle } from "@/policies/entitlements/features";
import type { SkuId } from "@/policies/entitlements/schema";
import type { Clock } from "@/server/kernel/clock";
import { invalid } from "@/server/kernel/errors";
import type { NewId } from "@/server/kernel/ids";
import { canonicalJson } from "@/server/kernel/json";
import { openOverride } from "./load-projection";

interface OperatorContext {
  database: Database;
  tenantId: string;
  clock: Clock;
  newId: NewId;
  /** Who granted it, where a job writes what somebody of the operating tenant decided. */
  by?: string;
}

/** What is granted by hand, why, and until when. */
export interface Granted {
  plan: SkuId | null;
  addOns: readonly AddOn[];
  moreSeats: number;
  reason: string;
  expiresAt: Date;
}

const YEAR_MS = 366 * 86_400_000;

/** Until when something is granted for which nobody names a day: 90 days on. */
const usualExpiry = (now: Date) => new Date(now.getTime() + 90 * 86_400_000);

/** Locks what a tenant is entitled to until the transaction ends. */
async function lock(tx: Tx, tenantId: string): Promise<void> {
  // An advisory lock, as there may be no row yet.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`entitlements:${tenantId}`}, 0))`);
}

/** What is wrong with the end of a grant, in words; null for one that comes, and within a year. */
export function grantFault(expiresAt: Date, now: Date): string | null {
  if (!(expiresAt > now)) return "must end in the future";
  return expiresAt.getTime() - now.getTime() > YEAR_MS ? "must end within a year" : null;
}

function refuseEndless({ expiresAt, reason }: Granted, now: Date): void {
  const problem = (path: string, message: string) => {
    throw invalid(`The grant is not valid: ${path} ${message}.`, { fields: [{ path, message }] });
  };
  const fault = grantFault(expiresAt, now);
  if (fault !== null) problem("expires", fault);
  if (reason.trim().length < 3 || reason.length > 500) problem("reason", "must have 3 to 500 characters");
}

/** Whether something was granted or taken away after a moment: what was decided before it comes too late. */
async function changedAfter(tx: Tx, tenantId: string, at: Date): Promise<boolean> {
  const { grantedAt, endedAt } = entitlementOverrides;
  const [row] = await tx
    .select({ id: entitlementOverrides.id })
    .from(entitlementOverrides)
    .where(and(eq(entitlementOverrides.tenantId, tenantId), or(gt(grantedAt, at), gt(endedAt, at))))
    .limit(1);
  return row !== undefined;
}

/** What is granted already needs no second receipt: a job may be repeated. */
const isSame = (open: typeof entitlementOverrides.$inferSelect, granted: Granted): boolean =>
  canonicalJson([open.plan, open.addOns, open.moreSeats, open.reason, open.expiresAt.toISOString()]) ===
  canonicalJson([
    ...[granted.plan, [...granted.addOns].sort(), granted.moreSeats, granted.reason],
    granted.expiresAt.toISOString(),
  ]);

async function replace(tx: Tx, ctx: OperatorContext, granted: Granted | null, now: Date): Promise<string | null> {
  const { tenantId } = ctx;
  await tx
    .update(entitlementOverrides)
    .set({ endedAt: now })
    .where(and(eq(entitlementOverrides.tenantId, tenantId), isNull(entitlementOverrides.endedAt)));
  if (granted === null) return null;
  const id = ctx.newId("override");
  const { plan, addOns, moreSeats, reason, expiresAt } = granted;
  await tx.insert(entitlementOverrides).values({
    ...{ tenantId, id, plan, addOns: [...addOns].sort(), moreSeats, reason, expiresAt, grantedAt: now },
    ...{ grantedBy: ctx.by ?? "system", catalogueVersion: CATALOGUE.version },
  });
  return id;
}

function leaveReceipt(tx: Tx, ctx: OperatorContext, change: "grant" | "revoke", granted: Granted | null, now: Date) {
  appendLink(tx, "receipts", {
    ...{
      tenantId: ctx.tenantId,
      id: ctx.newId("receipt"),
      at: now.toISOString(),
      actor: ctx.by === undefined ? "system" : "job:apply-grant",
    },
    ...{ action: `entitlement.${change}`, subject: `tenant:${ctx.tenantId}` },
    body: {
      detail:
        granted === null
          ? { plan: null, addOns: [] }
          : { ...granted, addOns: [...granted.addOns], expiresAt: granted.expiresAt.toISOString() },
    },
  });
}

/**
 * Grants a plan or add-ons to a tenant until a day, in place of what was granted before, with a receipt in that tenant's chain;
 * null takes it away. Refuses (Invalid) what does not end within a year, or has no reason. No verb of the tenant: nobody
 * within it may ask. What is granted already, and what was decided before the last change, changes nothing.
 */
export function overridePlan(ctx: OperatorContext, granted: Granted | null): Promise<void> {
  return withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    if (granted !== null) refuseEndless(granted, now);
    await lock(tx, ctx.tenantId);
    const before = await openOverride(tx, ctx.tenantId);
    if (before === null && granted === null) return;
    if (before !== null && granted !== null && isSame(before, granted)) return;
    if (await changedAfter(tx, ctx.tenantId, now)) return;
    await replace(tx, ctx, granted, now);
    leaveReceipt(tx, ctx, granted === null ? "revoke" : "grant", granted, now);
  });
}

/** How a tenant's granted add-ons stand after a change. */
export interface AddOnsChanged {
  addOns: string[];
  /** False where they stood so already, which leaves no receipt. */
  isChanged: boolean;
}

/** Grants one add-on, or takes it away, and leaves the rest of what was granted as it is; for 90 days where no day is named. */
export function changeAddOns(
  ctx: OperatorContext,
  change: "grant" | "revoke",
  addOn: AddOn,
  terms: { reason?: string; expiresAt?: Date } = {},
): Promise<AddOnsChanged> {
  return withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    await lock(tx, ctx.tenantId);
    const open = await openOverride(tx, ctx.tenantId);
    const before = open !== null && open.expiresAt > now ? open : null;
    const others = (before?.addOns ?? []).filter((word) => word !== addOn) as AddOn[];
    const addOns = change === "grant" ? [...others, addOn].sort() : others;
    if (addOns.length === (before?.addOns ?? []).length) return { addOns, isChanged: false };
    const granted: Granted = {
      ...{ plan: before?.plan ?? null, moreSeats: before?.moreSeats ?? 0, addOns },
      reason: terms.reason ?? before?.reason ?? `The add-on ${addOnTitle(addOn)}`,
      expiresAt: terms.expiresAt ?? before?.expiresAt ?? usualExpiry(now),
    };
    refuseEndless(granted, now);
    const isNothing = granted.plan === null && addOns.length === 0;
    await replace(tx, ctx, isNothing ? null : granted, now);
    leaveReceipt(tx, ctx, change, granted, now);
    return { addOns, isChanged: true };
  });
}
