import { takeAllowance } from "@/db/rate-limits";
import { limitReached } from "@/server/kernel/errors";
import { digestText } from "@/server/kernel/json";
import type { CallContext } from "@/server/verb";

/** Five letters at once, then one in two minutes: a person who waits for mail, but no flood of it. */
const PER_EMAIL = { perMinute: 0.5, burst: 5 };
/** An office behind one address signs in together; a script from one address does not get far. */
const PER_ADDRESS = { perMinute: 30, burst: 60 };

/** Throws LimitReached when this address, or whoever it is for, asks to sign in too often. */
export async function limitSignIn(call: CallContext, asked: { address: string; email?: string }): Promise<void> {
  const waits = [await takeAllowance(call.database, `sign-in:address:${asked.address}`, PER_ADDRESS)];
  if (asked.email !== undefined)
    waits.push(await takeAllowance(call.database, `sign-in:${digestText(asked.email)}`, PER_EMAIL));
  const retryAfterSeconds = Math.max(...waits.map((wait) => wait ?? 0));
  if (retryAfterSeconds > 0)
    throw limitReached(`Too many attempts to sign in. Try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
}

/** Throws LimitReached when one address signs in to a demo faster than a busy test run does. */
export async function limitDemoSignIn(call: CallContext, address: string): Promise<void> {
  const wait = await takeAllowance(call.database, `demo-sign-in:${address}`, { perMinute: 240, burst: 240 });
  if (wait !== null)
    throw limitReached(`Too many attempts to sign in. Try again in ${wait} s.`, { retryAfterSeconds: wait });
}
