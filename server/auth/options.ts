import type { AuthOptions } from "next-auth";
import { z } from "zod";
import { emailSchema } from "@/server/kernel/schemas";
import type { Env } from "@/server/platform/env";
import { deriveKey } from "@/server/platform/keys";
import { log } from "@/server/platform/log";
import type { Mailer } from "@/server/platform/mailer";
import type { CallContext } from "@/server/verb";
import { authAdapter } from "./adapter";
import { signInProviders } from "./providers";
import { ownAddress } from "./own-address";
import { sessionCookieName } from "./session";
import { cookieOptions } from "./session-cookie";
import { newSessionToken, SESSION_SECONDS } from "./start-session";

/** What sign-in is made with, so that a test makes it on its own database, mail server and issuer. */
export interface AuthDeps {
  call: CallContext;
  env: Env;
  mailer: Mailer;
}

export const isHttps = (e: Pick<Env, "CONDUCTOR_PUBLIC_URL">) => e.CONDUCTOR_PUBLIC_URL.startsWith("https://");

/** Names of the cookies that next-auth reads. None begins with another's name: next-auth joins those that do. */
export function authCookieNames(e: Pick<Env, "CONDUCTOR_PUBLIC_URL">) {
  const prefix = isHttps(e) ? "__Host-" : "";
  return {
    sessionToken: sessionCookieName(isHttps(e)),
    callbackUrl: `${prefix}conductor-callback-url`,
    csrfToken: `${prefix}conductor-csrf`,
    pkceCodeVerifier: `${prefix}conductor-pkce`,
    state: `${prefix}conductor-state`,
    nonce: `${prefix}conductor-nonce`,
  };
}

const verifiedClaimsSchema = z.object({ email: emailSchema, email_verified: z.literal(true) });

/** What next-auth says goes to our log; of what it says it with, only the error, as the rest may hold tokens. */
const logger: AuthOptions["logger"] = {
  error: (code, metadata) => {
    const error: unknown = metadata instanceof Error ? metadata : metadata.error;
    log().warn({ code, reason: error instanceof Error ? error.message : undefined }, "a sign-in failed");
  },
  warn: (code) => {
    log().warn({ code }, "next-auth warns");
  },
  debug: () => undefined,
};

/**
 * next-auth's options for one request.
 *
 * A provider's sign-in counts only with an address that the provider has verified, as an invitation is bound to an
 * address. And it never opens a person who signed up in another way, verified or not: whoever runs the provider would
 * otherwise decide who is who here. next-auth answers that case with OAuthAccountNotLinked.
 */
export function authOptions({ call, env, mailer }: AuthDeps, userAgent: string | null): AuthOptions {
  const names = Object.entries(authCookieNames(env));
  return {
    adapter: authAdapter(call, userAgent),
    providers: signInProviders(env, mailer),
    secret: deriveKey(env.CONDUCTOR_SECRET, "session").toString("base64url"),
    session: { strategy: "database", maxAge: SESSION_SECONDS, generateSessionToken: newSessionToken },
    useSecureCookies: isHttps(env),
    cookies: Object.fromEntries(names.map(([key, name]) => [key, { name, options: cookieOptions(isHttps(env)) }])),
    pages: { signIn: "/sign-in", verifyRequest: "/sign-in/check-mail", error: "/sign-in/error" },
    callbacks: {
      redirect: ({ url }) => ownAddress(url, env) ?? new URL(env.CONDUCTOR_PUBLIC_URL).origin,
      signIn: ({ account, profile }) =>
        account?.type !== "oauth" || verifiedClaimsSchema.safeParse(profile).success
          ? true
          : "/sign-in/error?error=EmailNotVerified",
    },
    logger,
  };
}
