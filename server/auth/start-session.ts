import { randomBytes } from "node:crypto";
import { sessions } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import type { CallContext } from "@/server/verb";
import { hashSessionToken } from "./session";

/** A session ends this long after sign-in, used or not. */
export const SESSION_SECONDS = 14 * 86_400;

/** What a session cookie holds: 256 random bits. */
export const newSessionToken = (): string => randomBytes(32).toString("base64url");

export interface StartedSession {
  /** The cookie's value; only its hash is stored. */
  token: string;
  expires: Date;
}

/** Signs a person in: stores a new session and returns the one copy of its token. */
export async function startSession(
  call: CallContext,
  userId: string,
  userAgent: string | null,
  token = newSessionToken(),
): Promise<StartedSession> {
  const now = call.clock.now();
  const expires = new Date(now.getTime() + SESSION_SECONDS * 1_000);
  await withoutTenant(call, (tx) =>
    tx.insert(sessions).values({
      ...{ sessionToken: hashSessionToken(token), id: call.newId("session"), userId, expires },
      ...{ createdAt: now, lastSeenAt: now, userAgent: userAgent?.slice(0, 300) ?? null },
    }),
  );
  return { token, expires };
}
