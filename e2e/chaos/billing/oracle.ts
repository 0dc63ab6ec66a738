import { withTenant } from "@/db/tenancy";
import { project, type Refetched } from "@/policies/entitlements/project";
import type { Projection } from "@/policies/entitlements/projection";
import { loadBought } from "@/server/entitlements";
import { canonicalJson } from "@/server/kernel/json";
import type { Violation } from "../oracle";
import { DEPLOYMENT, type World } from "./world";

const ONE = 10n ** 12n;

/** Everything that the seller says of the customer now, by our own asking. */
async function fetchAll({ hands }: World, customer: string): Promise<Refetched> {
  const found = await hands.customers.retrieve(customer);
  return {
    customer:
      found.deleted === true
        ? { id: found.id, deleted: true }
        : { id: found.id, livemode: found.livemode, metadata: found.metadata },
    subscriptions: (await hands.subscriptions.list({ customer, status: "all", limit: 100 })).data,
    invoices: (await hands.invoices.list({ customer, limit: 100 })).data,
    // Banks play no part here.
    disputes: [],
  };
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? null)) as never;

/** What of a projection does not depend on when somebody looked. */
const lasting = (projection: Projection | null) =>
  projection && {
    ...{ plan: projection.plan, addOns: projection.addOns, seats: projection.seats, status: projection.status },
    ...{ periodEnd: projection.periodEnd, cancels: projection.cancelAtPeriodEnd, endsAt: projection.endsAt },
    endedAt: projection.endedAt,
  };

/** Whether what a tenant has is what everything at the seller comes to: by what it had before, and from nothing alike. */
export async function projectionBroken(world: World, when: string): Promise<Violation[]> {
  const { customerId, tenantId } = world;
  if (customerId === null) return [];
  const fetched = await fetchAll(world, customerId);
  const had = await withTenant({ database: world.stage.database, tenantId }, (tx) => loadBought(tx, tenantId));
  const expected = { tenantId, deployment: DEPLOYMENT, livemode: false };
  const say = (what: string, wanted: unknown): Violation => ({
    rule: `what a tenant has is what the seller says, ${when}`,
    words: `seed ${world.seed}: ${what}: has ${JSON.stringify(lasting(had))}, should ${JSON.stringify(wanted)}`,
  });
  const again = project(fetched, { ...expected, previous: had }, world.clock.now());
  if (again.kind === "quarantined") return [];
  const differs = again.projection !== null && canonicalJson(plain(again.projection)) !== canonicalJson(plain(had));
  const anew = project(fetched, { ...expected, previous: null }, world.clock.now());
  const fresh = anew.kind === "projected" && !world.isDeleted ? anew.projection : null;
  const isOther = fresh !== null && canonicalJson(plain(lasting(fresh))) !== canonicalJson(plain(lasting(had)));
  return [
    ...(differs ? [say("looked at again", lasting(again.projection))] : []),
    ...(isOther ? [say("looked at from nothing", lasting(fresh))] : []),
  ];
}

/** What of the seller's belongs to the customer that counts: one that was deleted before has ended with all that it had. */
const ofCustomer = <T extends { customer: unknown }>({ customerId }: World, all: readonly T[]): T[] =>
  all.filter(({ customer }) => customer === customerId);

/** Whether all that was charged for an invoice went back to where it came from. */
function isGivenBack({ account: { store } }: World, invoice: string): boolean {
  const payments = store.all("invoice_payment").filter((each) => each.invoice === invoice);
  const intents = new Set(payments.map(({ payment }) => payment.payment_intent));
  const charges = store.all("charge").filter(({ paid, payment_intent: intent }) => paid && intents.has(intent ?? ""));
  return charges.length > 0 && charges.every(({ refunded }) => refunded);
}

/** Whether anybody was charged twice: one purchase, two subscriptions; or two at a time, and nothing came back. */
export async function chargedTwice(world: World): Promise<Violation[]> {
  const { store } = world.account;
  const found: Violation[] = [];
  const broken = (words: string) =>
    found.push({ rule: "nobody is charged twice", words: `seed ${world.seed}: ${words}` });
  const complete = store.all("checkout.session").filter(({ status }) => status === "complete");
  for (const [operation, sessions] of Map.groupBy(complete, ({ client_reference_id: id }) => id ?? ""))
    if (sessions.length > 1) broken(`${operation} was paid on ${sessions.length} pages`);
  if (world.isDeleted) return found;
  const subscriptions = ofCustomer(world, store.all("subscription"));
  const living = subscriptions.filter(
    ({ status }) => !["canceled", "incomplete_expired", "incomplete"].includes(status),
  );
  if (living.length > 1) broken(`${living.length} subscriptions live`);
  for (const { id, status, ended_at: ended, items } of subscriptions) {
    const end = items.data[0]?.current_period_end ?? 0;
    if (status !== "canceled" || ended === null || ended >= end) continue;
    const invoices = store.all("invoice").filter(({ parent }) => parent?.subscription_details?.subscription === id);
    const paid = invoices.filter(({ status: word, amount_paid: cents }) => word === "paid" && cents > 0);
    const isCredited = invoices.some(({ lines }) => lines.data.some(({ amount }) => amount < 0));
    if (!isCredited && !paid.every((invoice) => isGivenBack(world, invoice.id)))
      broken(`${id} ended early, and nothing came back`);
  }
  return found;
}

/** Whether each unit that was used while it is charged for is at the meter once. */
export async function usageBroken(world: World): Promise<Violation[]> {
  if (world.isDeleted || world.customerId === null) return [];
  const { store } = world.account;
  const spans = ofCustomer(world, store.all("subscription"))
    .filter(({ status, items }) => {
      const isMetered = items.data.some(({ price }) => price.recurring?.usage_type === "metered");
      return isMetered && status !== "incomplete" && status !== "incomplete_expired";
    })
    .map(({ start_date: from, ended_at: to }) => ({ from: from * 1_000, to: (to ?? Infinity) * 1_000 }));
  const { ledger, reports } = await world.usage();
  const charged = ledger.filter(({ at }) => spans.some(({ from, to }) => from <= at.getTime() && at.getTime() < to));
  const used = Math.floor(charged.reduce((sum, { weight_milli: milli }) => sum + milli, 0) / 1_000);
  const events = ofCustomer(world, store.all("meter_event")).filter(({ isCancelled }) => !isCancelled);
  const counted = events.reduce((sum, { value }) => sum + value, 0n) / ONE;
  const late = reports.get("late") ?? 0;
  if (BigInt(used - late) === counted) return [];
  const states = JSON.stringify([...reports]);
  return [
    {
      rule: "each unit counts once",
      words: `seed ${world.seed}: ${used} were used, the meter has ${counted}, reports ${states}`,
    },
  ];
}
