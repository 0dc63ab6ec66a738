import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { findings } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { CollectContext } from "@/server/evidence";
import { dueAt, REFUSED_WORDS, statusAfterTest, type Tested, whyNoRetest } from "./domain/finding";
import { leaveReceipt } from "./leave-receipt";

const RECEIPTS = { closed: "finding.close", reopened: "finding.reopen" } as const;

type Context = CollectContext & { database: Database };

/** The gap that is to be tested; null where nobody waits for a test of it any more. */
export const findRetest = (ctx: Context, findingId: string): Promise<{ key: string } | null> =>
  withTenant(ctx, async (tx) => {
    const [row] = await tx
      .select({ key: findings.key, retestBy: findings.retestBy })
      .from(findings)
      .where(and(eq(findings.tenantId, ctx.tenantId), eq(findings.id, findingId)));
    return row === undefined || row.retestBy === null ? null : { key: row.key };
  });

/**
 * Ends a test that somebody asked for: where the gap is gone the finding closes, where it is there it opens again, and where that
 * cannot be told it waits for another test. Whoever has become its owner meanwhile closes nothing. Repeated, it changes nothing.
 */
export async function settleRetest(
  ctx: Context,
  findingId: string,
  { outcome, reason }: { outcome: Tested; reason: string },
): Promise<"closed" | "reopened" | "ready" | "nothing"> {
  const { tenantId, clock } = ctx;
  return withTenant(ctx, async (tx) => {
    const own = and(eq(findings.tenantId, tenantId), eq(findings.id, findingId));
    const [finding] = await tx.select().from(findings).where(own).for("update");
    const retestBy = finding?.retestBy ?? null;
    if (finding === undefined || retestBy === null || finding.status !== "ready") return "nothing";
    const now = clock.now();
    const refused = whyNoRetest(finding, retestBy.replace(/^user:/, ""));
    const tested = {
      retestBy: null,
      retestedAt: now,
      retestReason: refused === null ? reason : REFUSED_WORDS[refused],
    };
    const status = refused === null ? statusAfterTest(outcome) : "ready";
    const turned = {
      ready: {},
      closed: { closedAt: now, closedBy: retestBy },
      reopened: { openedAt: now, dueAt: dueAt(finding.severity, now), escalated: 0, readyBy: null, readyNote: null },
    };
    if (status !== "closed" && status !== "reopened") {
      await tx.update(findings).set(tested).where(own);
      return "ready";
    }
    await tx
      .update(findings)
      .set({ ...tested, ...turned[status], status })
      .where(own);
    leaveReceipt(tx, ctx, RECEIPTS[status], findingId, { outcome, reason, testedFor: retestBy });
    return status;
  });
}
