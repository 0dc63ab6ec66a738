import { DrizzleAdapter } from "@auth/drizzle-adapter";
import type { Adapter, AdapterAccount, AdapterUser } from "next-auth/adapters";
import { accounts, sessions, users, verificationTokens } from "@/db/schema";
import { type Tx, withoutTenant } from "@/db/tenancy";
import { emailSchema, nameSchema } from "@/server/kernel/schemas";
import type { CallContext } from "@/server/verb";
import { endSession } from "./end-session";
import { hashSessionToken } from "./session";
import { startSession } from "./start-session";

type Inner = ReturnType<typeof DrizzleAdapter>;

/** The cast: the type leaves every method open, the adapter has them all. */
const over = (tx: Tx) =>
  DrizzleAdapter(tx, {
    usersTable: users,
    accountsTable: accounts,
    sessionsTable: sessions,
    verificationTokensTable: verificationTokens,
  }) as Required<Inner>;

/** A name that a provider gave, if it is one we would have taken from the person; else none. */
const plainName = (name: string | null | undefined) => nameSchema.safeParse(name).data ?? null;

/**
 * next-auth's store: Auth.js's adapter, each call in a transaction through our own door. It differs in what is kept:
 * ids are ours, addresses are normalised, a session's token is stored as its hash, a provider's tokens not at all.
 */
export function authAdapter(call: CallContext, userAgent: string | null): Adapter {
  const inside = <T>(work: (inner: Required<Inner>) => T | PromiseLike<T>) =>
    withoutTenant(call, async (tx) => work(over(tx)));

  return {
    createUser: (given: Omit<AdapterUser, "id">) =>
      inside((inner) =>
        inner.createUser({
          id: call.newId("user"),
          email: emailSchema.parse(given.email),
          name: plainName(given.name),
          // Nobody gets here with an address that neither we nor the provider verified (see options.ts).
          emailVerified: given.emailVerified ?? call.clock.now(),
          image: null,
        }),
      ),
    getUser: (id) => inside((inner) => inner.getUser(id)),
    getUserByEmail: (email) => {
      const parsed = emailSchema.safeParse(email);
      return parsed.success ? inside((inner) => inner.getUserByEmail(parsed.data)) : null;
    },
    getUserByAccount: (account) => inside((inner) => inner.getUserByAccount(account)),
    updateUser: (given) => inside((inner) => inner.updateUser(given)),
    linkAccount: async ({ userId, provider, providerAccountId }: AdapterAccount) => {
      await inside((inner) => inner.linkAccount({ userId, type: "oauth", provider, providerAccountId }));
    },

    createSession: async ({ sessionToken, userId }) => {
      const { token, expires } = await startSession(call, userId, userAgent, sessionToken);
      return { sessionToken: token, userId, expires };
    },
    getSessionAndUser: async (sessionToken) => {
      const found = await inside((inner) => inner.getSessionAndUser(hashSessionToken(sessionToken)));
      return found == null ? null : { user: found.user, session: { ...found.session, sessionToken } };
    },
    // A session's end is set when it begins; using it does not move it.
    updateSession: () => null,
    deleteSession: (sessionToken) => endSession(call, sessionToken),

    createVerificationToken: (token) => inside(async (inner) => (await inner.createVerificationToken(token)) ?? null),
    useVerificationToken: (token) => inside((inner) => inner.useVerificationToken(token)),
  };
}
