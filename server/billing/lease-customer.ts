import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { billingCustomers } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { unavailable } from "@/server/kernel/errors";

/** Longer than any fetch: whoever holds it for longer has died, or writes nothing any more. */
const LEASE_SECONDS = 60;
const LOOK_AGAIN_MS = 50;
const GIVE_UP_AFTER_MS = 15_000;

interface Leasing {
  database: Database;
  tenantId: string;
  customerId: string;
}

const named = ({ tenantId, customerId }: Leasing) =>
  and(eq(billingCustomers.tenantId, tenantId), eq(billingCustomers.id, customerId));

function tryToTake(leasing: Leasing, token: string): Promise<boolean> {
  return withTenant(leasing, async (tx) => {
    const taken = await tx
      .update(billingCustomers)
      .set({ leaseToken: token, leaseUntil: sql`now() + make_interval(secs => ${LEASE_SECONDS})` })
      .where(and(named(leasing), or(isNull(billingCustomers.leaseUntil), lt(billingCustomers.leaseUntil, sql`now()`))))
      .returning({ id: billingCustomers.id });
    return taken.length === 1;
  });
}

/**
 * Takes a customer's lease: until it is given back, nobody else fetches that customer, so what is written last was fetched
 * last. No transaction is open meanwhile. Throws Unavailable when others hold it for too long.
 */
export async function takeLease(leasing: Leasing): Promise<string> {
  const token = randomUUID();
  const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
  while (!(await tryToTake(leasing, token))) {
    if (performance.now() > giveUpAt)
      throw unavailable("This customer is being fetched by somebody else. Try again in a moment.");
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return token;
}

/** Gives the lease back within a transaction that writes what was fetched under it. False where it was lost: write nothing. */
export async function giveBack(tx: Tx, leasing: Leasing, token: string): Promise<boolean> {
  const given = await tx
    .update(billingCustomers)
    .set({ leaseToken: null, leaseUntil: null })
    .where(and(named(leasing), eq(billingCustomers.leaseToken, token)))
    .returning({ id: billingCustomers.id });
  return given.length === 1;
}

/** Gives back the lease of a fetch that failed, so that the next one need not wait for its end. */
export async function letGo(leasing: Leasing, token: string): Promise<void> {
  await withTenant(leasing, (tx) => giveBack(tx, leasing, token));
}
