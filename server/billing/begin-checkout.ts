import { and, eq } from "drizzle-orm";
import { billingCheckouts } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { linesOfChoice } from "@/policies/entitlements/choice-lines";
import { actorRef } from "@/server/kernel/actor";
import { conflict, must, preconditionFailed, unavailable } from "@/server/kernel/errors";
import { canonicalJson } from "@/server/kernel/json";
import { env } from "@/server/platform/env";
import { namesMissingAtStripe } from "@/server/platform/stripe";
import { defineRead, defineWrite, type TenantContext, type Verb } from "@/server/verb";
import { atSeller } from "./at-seller";
import { billingItself } from "./billing-itself";
import { ensureCustomer, findLivingCustomer, lockCustomer } from "./ensure-customer";
import { findPrices, sellable } from "./find-prices";
import { choiceSchema, reserveSchema } from "./schemas";
import { getSeller, type Seller } from "./seller";
import { syncCustomer } from "./sync-customer";
import { whyNotToBuy } from "./why-not-to-buy";

type Row = typeof billingCheckouts.$inferSelect;
type Choice = Pick<Row, "plan" | "addOns" | "moreSeats">;

/** Refuses a purchase to a tenant that has a plan already: a second subscription would bill for it twice. */
async function refuseWhereThereIsOne(tx: Tx, tenantId: string, now: Date): Promise<void> {
  const why = await whyNotToBuy(tx, tenantId, now);
  if (why !== null) throw preconditionFailed(why);
}

const sameChoice = (one: Choice, other: Choice) =>
  canonicalJson([one.plan, [...one.addOns].sort(), one.moreSeats]) ===
  canonicalJson([other.plan, [...other.addOns].sort(), other.moreSeats]);

interface Reserved {
  row: Row;
  /** A session that was begun for another choice: it must not be paid any more. */
  toExpire: string | null;
}

/** Before anything is made at the seller: who asks may buy, and the tenant has nothing yet. */
const asked = defineRead({
  action: "billing.change",
  input: choiceSchema,
  load: billingItself,
  read: async ({ ctx, tx, now }, choice) => {
    await refuseWhereThereIsOne(tx, ctx.tenantId, now);
    return choice;
  },
});

/** Within the transaction of the receipt: the one Checkout of a tenant, made, or the one that is open already. */
const reserve = defineWrite({
  action: "billing.change",
  receipt: "billing.checkout",
  input: reserveSchema,
  load: billingItself,
  write: async ({ ctx, tx, now }, { customerId, ...choice }) => {
    const { tenantId } = ctx;
    await lockCustomer(tx, tenantId, customerId);
    await refuseWhereThereIsOne(tx, tenantId, now);
    const isOpen = and(eq(billingCheckouts.tenantId, tenantId), eq(billingCheckouts.status, "open"));
    const [open] = await tx.select().from(billingCheckouts).where(isOpen).for("update");
    const chosen = { ...choice, addOns: [...new Set(choice.addOns)].sort() };
    const reserved: Reserved =
      open !== undefined &&
      open.customerId === customerId &&
      sameChoice(open, chosen) &&
      (open.expiresAt === null || open.expiresAt > now)
        ? { row: open, toExpire: null }
        : { row: await replace(tx, { ctx, now, customerId, chosen }), toExpire: open?.sessionId ?? null };
    return { value: reserved, subject: `checkout:${reserved.row.id}`, detail: { ...chosen } };
  },
});

interface Replacing {
  ctx: TenantContext;
  now: Date;
  customerId: string;
  chosen: Choice;
}

async function replace(tx: Tx, { ctx, now, customerId, chosen }: Replacing): Promise<Row> {
  const { tenantId } = ctx;
  await tx
    .update(billingCheckouts)
    .set({ status: "expired" })
    .where(and(eq(billingCheckouts.tenantId, tenantId), eq(billingCheckouts.status, "open")));
  const [row] = await tx
    .insert(billingCheckouts)
    .values({
      ...{ tenantId, id: ctx.newId("checkout"), customerId, ...chosen, isTrial: false, status: "open" },
      ...{ beganBy: ctx.actor.kind === "user" ? ctx.actor.userId : ctx.actor.kind, beganAt: now },
    })
    .returning();
  return must(row, "an insert gives its row");
}

/** Refuses where the session of another choice was paid meanwhile: its plan is what counts. */
async function refusePaid({ stripe }: Seller, sessionId: string): Promise<void> {
  const { status } = await stripe.checkout.sessions.retrieve(sessionId);
  if (status === "complete")
    throw conflict("The Checkout that was begun before is paid. Look at the plan, and change it there.");
}

/**
 * Ends every other session of the customer that could still be paid. By the seller's list and not by our record: whoever
 * ended one before may have failed, or died before the record had it.
 */
async function expireOthers({ stripe }: Seller, { id, customerId }: Row): Promise<void> {
  const { data } = await stripe.checkout.sessions.list({ customer: customerId, status: "open", limit: 100 });
  for (const session of data) if (session.client_reference_id !== id) await stripe.checkout.sessions.expire(session.id);
}

async function open(
  ctx: TenantContext,
  seller: Seller,
  row: Row,
): Promise<{ sessionId: string; url: string; expiresAt: Date }> {
  const choice = choiceSchema.parse({ plan: row.plan, addOns: row.addOns, moreSeats: row.moreSeats });
  const lines = await findPrices(seller.stripe, linesOfChoice(choice));
  const page = `${env().CONDUCTOR_PUBLIC_URL}/t/${ctx.tenant.slug}/billing`;
  const tags = { tenant_id: ctx.tenantId, deployment: seller.deployment };
  const session = await seller.stripe.checkout.sessions.create(
    {
      ...{ mode: "subscription", customer: row.customerId, line_items: sellable(lines) },
      ...{ success_url: `${page}/done?session_id={CHECKOUT_SESSION_ID}`, cancel_url: page },
      ...{
        client_reference_id: row.id,
        metadata: tags,
        subscription_data: { metadata: tags, billing_mode: { type: "flexible" } },
      },
      ...{ allow_promotion_codes: true, billing_address_collection: "required" },
      customer_update: { address: "auto", name: "auto" },
      tax_id_collection: { enabled: true },
    },
    { idempotencyKey: `checkout:${row.id}` },
  );
  if (session.url === null) throw unavailable("Stripe gave no page to pay on. Try again in a moment.");
  return { sessionId: session.id, url: session.url, expiresAt: new Date(session.expires_at * 1000) };
}

/** Reserves the purchase and opens its page at the seller. */
async function begin(ctx: TenantContext, seller: Seller, choice: Choice): Promise<{ url: string }> {
  const customerId = await atSeller(() => ensureCustomer(ctx, seller));
  const { row, toExpire } = await reserve(ctx, { ...choiceSchema.parse(choice), customerId });
  if (row.url !== null) return { url: row.url };
  const opened = await atSeller(async () => {
    if (toExpire !== null) await refusePaid(seller, toExpire);
    await expireOthers(seller, row);
    return open(ctx, seller, row);
  });
  await withTenant(ctx, (tx) =>
    tx
      .update(billingCheckouts)
      .set(opened)
      .where(and(eq(billingCheckouts.tenantId, ctx.tenantId), eq(billingCheckouts.id, row.id))),
  );
  return { url: must(opened.url, "an open session has a page") };
}

/**
 * Begins to buy a plan: gives the page at the seller on which it is paid. The same choice again gives the same page, another one
 * ends it; a tenant that has a plan is refused (PreconditionFailed). Grants nothing: what was paid is fetched from the seller.
 */
export const beginCheckout: Verb<typeof choiceSchema, { url: string }> = Object.assign(
  async (...[ctx, input]: Parameters<typeof asked>): Promise<{ url: string }> => {
    const choice = await asked(ctx, input);
    const seller = getSeller();
    try {
      return await begin(ctx, seller, choice);
    } catch (error) {
      const customer = await withTenant(ctx, (tx) => findLivingCustomer(tx, ctx.tenantId));
      if (!namesMissingAtStripe(error) || customer === null) throw error;
      // The customer was deleted there, and no event has said so yet: it is ended here too, and another one buys.
      await syncCustomer({ ...ctx, seller, by: actorRef(ctx.actor) }, customer.id);
      return begin(ctx, seller, choice);
    }
  },
  { kind: "write" as const, action: asked.action, input: asked.input },
);
