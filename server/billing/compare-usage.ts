import { and, eq, gte, lt, or, sql } from "drizzle-orm";
import { usageReports } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { Stripe } from "@/server/platform/stripe";
import type { Difference } from "./domain/difference";
import { isAsTold } from "./domain/usage-tolerance";
import { reportUsage, type UsageContext } from "./report-usage";
import type { UsageSink } from "./usage-sink";

const DAY_MS = 86_400_000;
/** As far back as the ledger and reports are compared: the meter takes what is at most 35 days old. */
const LEDGER_DAYS = 34;
/** Invoices that are looked at: those of the last days, each on several nights. */
const INVOICE_DAYS = 4;

async function unitsTold(ctx: UsageContext, from: Date, until: Date): Promise<number> {
  const { tenantId, customerId, hour, status, units } = usageReports;
  const [sum] = await withTenant(ctx, (tx) =>
    tx
      .select({ units: sql<number>`coalesce(sum(${units}), 0)`.mapWith(Number) })
      .from(usageReports)
      .where(
        and(
          ...[eq(tenantId, ctx.tenantId), eq(customerId, ctx.customerId), eq(status, "sent")],
          ...[gte(hour, from), lt(hour, until)],
        ),
      ),
  );
  return sum?.units ?? 0;
}

/** What was told of the last days against what the meter has: within a unit or a thousandth, as it counts a little later. */
async function compareMeter(ctx: UsageContext, sink: UsageSink): Promise<string[]> {
  const day = Math.floor(ctx.clock.now().getTime() / DAY_MS) * DAY_MS;
  const [from, until] = [new Date(day - LEDGER_DAYS * DAY_MS), new Date(day)];
  const [told, counted] = [await unitsTold(ctx, from, until), await sink.counted(ctx.customerId, from, until)];
  return isAsTold(told, counted)
    ? []
    : [`${told} weighted tasks were told since ${from.toISOString().slice(0, 10)}, and the meter has ${counted}`];
}

/** Lines for use of an invoice: the price of each is metered. */
async function usageLines(ctx: UsageContext, invoice: Stripe.Invoice): Promise<Stripe.InvoiceLineItem[]> {
  const { stripe } = ctx.seller;
  const lines: Stripe.InvoiceLineItem[] = [];
  for await (const line of stripe.invoices.listLineItems(invoice.id, { limit: 100 })) {
    const price = line.pricing?.price_details?.price;
    if (price === undefined) continue;
    const { recurring } = typeof price === "string" ? await stripe.prices.retrieve(price) : price;
    if (recurring?.usage_type === "metered") lines.push(line);
  }
  return lines;
}

/** What invoices charge against what was told of their periods: exactly the same. */
async function compareInvoices(ctx: UsageContext): Promise<string[]> {
  const since = Math.floor((ctx.clock.now().getTime() - INVOICE_DAYS * DAY_MS) / 1000);
  const found: string[] = [];
  const asked = { customer: ctx.customerId, created: { gte: since }, limit: 100 };
  for await (const invoice of ctx.seller.stripe.invoices.list(asked)) {
    if (invoice.status === "draft") continue;
    for (const { period, quantity } of await usageLines(ctx, invoice)) {
      const told = await unitsTold(ctx, new Date(period.start * 1000), new Date(period.end * 1000));
      if (told !== (quantity ?? 0))
        found.push(
          `invoice ${invoice.number ?? invoice.id} charges ${quantity ?? 0} weighted tasks, and ${told} were told of its period`,
        );
    }
  }
  return found;
}

/** Reports that are held, or wait though they were to be told long ago. */
async function openReports(ctx: UsageContext): Promise<string[]> {
  const { tenantId, customerId, status, hour, identifier } = usageReports;
  const yesterday = new Date(ctx.clock.now().getTime() - DAY_MS);
  const open = await withTenant(ctx, (tx) =>
    tx
      .select({ identifier, status })
      .from(usageReports)
      .where(
        and(
          ...[eq(tenantId, ctx.tenantId), eq(customerId, ctx.customerId)],
          or(eq(status, "held"), and(eq(status, "waiting"), lt(hour, yesterday))),
        ),
      ),
  );
  return open.map((each) => `${each.identifier} is ${each.status === "held" ? "held" : "not told yet"}`);
}

/**
 * Compares what a customer used by the ledger with reports, with the meter and with its invoices. What reports lack is added, and told
 * with the next; the rest is left to a person.
 */
export async function compareUsage(ctx: UsageContext, sink: UsageSink): Promise<Difference[]> {
  const say = (detail: string, isRepaired: boolean): Difference => ({
    ...{ kind: "usage", object: ctx.customerId, tenantId: ctx.tenantId, detail, isRepaired },
  });
  const { reports, overMilli } = await reportUsage(ctx, LEDGER_DAYS);
  return [
    ...(reports === 0 ? [] : [say(`${reports} reports were added, of what the ledger had besides`, true)]),
    ...(overMilli === 0 ? [] : [say(`reports have ${overMilli / 1_000} weighted tasks more than the ledger`, false)]),
    ...[...(await openReports(ctx)), ...(await compareMeter(ctx, sink)), ...(await compareInvoices(ctx))].map(
      (detail) => say(detail, false),
    ),
  ];
}
