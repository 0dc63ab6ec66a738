import { eq } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import type { CallContext } from "@/server/verb";
import { hashSessionToken } from "./session";

/** Ends the session behind a token, whatever the token is; from now on it opens nothing. */
export async function endSession(call: CallContext, token: string): Promise<void> {
  await withoutTenant(call, (tx) => tx.delete(sessions).where(eq(sessions.sessionToken, hashSessionToken(token))));
}
