import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { billingLooks } from "@/db/schema";
import { withSystem } from "@/db/tenancy";
import { log } from "@/server/platform/log";
import { countedWith, type Difference } from "./domain/difference";
import type { Look } from "./domain/inbox";

/** The last look of a kind; null before the first. */
export async function lastLook({ database }: { database: Database }, id: Look) {
  const [row] = await withSystem({ database }, "reconcile-billing", (tx) =>
    tx.select().from(billingLooks).where(eq(billingLooks.id, id)),
  );
  return row ?? null;
}

/** Notes what a look has found, and leaves in its row what a person is to see to. Each such thing is an error in the log. */
export async function noteLook(
  { database }: { database: Database },
  { id, lookedAt, found }: { id: Look; lookedAt: Date; found: readonly Difference[] },
): Promise<Difference[]> {
  const open = found.filter(({ isRepaired }) => !isRepaired);
  for (const difference of open)
    log().error({ ...difference }, "what the seller has differs, and a person is to see to it");
  await withSystem({ database }, "reconcile-billing", async (tx) => {
    const [before] = await tx.select().from(billingLooks).where(eq(billingLooks.id, id)).for("update");
    const row = { lookedAt, open, found: countedWith(before?.found ?? {}, found) };
    await tx
      .insert(billingLooks)
      .values({ id, ...row })
      .onConflictDoUpdate({ target: billingLooks.id, set: row });
  });
  return open;
}
