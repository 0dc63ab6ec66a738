import {
  backfillEvents,
  compareOurs,
  compareTheirs,
  type Difference,
  findSeller,
  noteLook,
  type Page,
  releaseUsage,
  replayEvents,
  stripeUsageSink,
  takeBackUsage,
  tendInbox,
} from "@/server/billing";
import { systemClock } from "@/server/kernel/clock";
import { Refusal } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { parseEnv } from "@/server/platform/env";
import { findTenantId } from "@/server/tenants";
import { completeEnvironment } from "./local-state";
import { withDatabase } from "./open-database";

type Context = Parameters<typeof backfillEvents>[0];

/** Does the work with the deployment's seller and database; exit code 2 where nothing is sold. */
async function withSeller(work: (ctx: Context) => Promise<number>): Promise<number> {
  completeEnvironment("local");
  const e = parseEnv(process.env);
  const seller = findSeller(e);
  if (seller !== null) return withDatabase(e, (database) => work({ database, clock: systemClock, newId, seller }));
  process.stderr.write("Set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET first: nothing is sold without them.\n");
  return 2;
}

async function everyPage(compare: (after: string | null) => Promise<Page>): Promise<Difference[]> {
  const found: Difference[] = [];
  for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
    const page: Page = await compare(after);
    found.push(...page.found);
    after = page.next;
  }
  return found;
}

const line = ({ kind, object, detail, isRepaired }: Difference) =>
  `${isRepaired ? "repaired" : "OPEN"}  ${kind}  ${object}: ${detail}`;

/** Compares everything with the seller now, as each night; prints what differed. Exit code 1 where a person is to see to something. */
export const runStripeReconcile = ({ json }: { json: boolean }): Promise<number> =>
  withSeller(async (ctx) => {
    const begun = ctx.clock.now();
    const { missed } = await backfillEvents(ctx);
    const { dead } = await tendInbox(ctx);
    const found = [
      ...(await everyPage((after) => compareTheirs(ctx, after))),
      ...(await everyPage((after) => compareOurs(ctx, after))),
    ];
    const open = [...(await noteLook(ctx, { id: "customers", lookedAt: begun, found })), ...dead];
    const all = [...found, ...dead];
    const words = [`${missed} events had never come; ${found.length} customers differed.`, ...all.map(line)];
    process.stdout.write(json ? `${JSON.stringify({ missed, differences: all })}\n` : `${words.join("\n")}\n`);
    return open.length === 0 ? 0 : 1;
  });

/** Lets dead events be tried again, and those that were not believed, by the next worker. Exit code 1 where there is none. */
export const runStripeReplay = ({ event, json }: { event?: string; json: boolean }): Promise<number> =>
  withSeller(async (ctx) => {
    const replayed = await replayEvents(ctx, event ?? null);
    const words = replayed.length === 0 ? "There is nothing to replay." : `Replayed: ${replayed.join(", ")}.`;
    process.stdout.write(json ? `${JSON.stringify({ replayed })}\n` : `${words}\n`);
    return event !== undefined && replayed.length === 0 ? 1 : 0;
  });

interface UsageAsked {
  tenant: string;
  json: boolean;
}

/** Does the work for a tenant that is named by its slug; exit code 1 without such a tenant, and where it is refused. */
const forTenant = <Outcome>(
  { tenant, json }: UsageAsked,
  work: (ctx: Context & { tenantId: string; by: string }) => Promise<Outcome>,
  inWords: (outcome: Outcome) => string,
): Promise<number> =>
  withSeller(async (ctx) => {
    const tenantId = await findTenantId(ctx.database, tenant);
    const refuse = (message: string) => {
      process.stderr.write(`${message}\n`);
      return 1;
    };
    if (tenantId === null) return refuse(`There is no tenant ${tenant}.`);
    try {
      const outcome = await work({ ...ctx, tenantId, by: "system" });
      process.stdout.write(json ? `${JSON.stringify(outcome)}\n` : `${inWords(outcome)}\n`);
      return 0;
    } catch (error) {
      if (error instanceof Refusal) return refuse(error.message);
      throw error;
    }
  });

/** Lets held use of a tenant be told again with the next hour, with a receipt in its chain. */
export const runStripeRelease = (asked: UsageAsked): Promise<number> =>
  forTenant(
    asked,
    async (ctx) => ({ released: await releaseUsage(ctx) }),
    ({ released }) => `${released} reports of ${asked.tenant} are told again with the next hour.`,
  );

/** Takes a report of use back at Stripe that said something wrong, with a receipt; exit code 1 after a day. */
export const runStripeTakeBack = (asked: UsageAsked & { report: string }): Promise<number> =>
  forTenant(
    asked,
    (ctx) => takeBackUsage(ctx, stripeUsageSink(ctx.seller.stripe), asked.report),
    ({ units }) => `${units} weighted tasks were taken back. The next hour says what the ledger says.`,
  );
