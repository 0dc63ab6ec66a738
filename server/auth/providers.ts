import type { EmailConfig } from "next-auth/providers/email";
import GithubProvider, { type GithubProfile } from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import type { OAuthConfig, Provider } from "next-auth/providers/index";
import { z } from "zod";
import { writeSignInLink } from "@/emails/auth/sign-in-link";
import type { Env } from "@/server/platform/env";
import type { Mailer } from "@/server/platform/mailer";

/** How long an e-mailed link signs in; grey-listing mail servers make people wait for up to a quarter of an hour. */
const LINK_MINUTES = 30;

/** The claims that sign-in reads, of whichever provider. `email_verified` false or missing: the address proves nothing. */
export interface Claims {
  sub: string;
  name?: string;
  email?: string;
  email_verified?: boolean;
}

function emailLink(mailer: Mailer): EmailConfig {
  return {
    id: "email",
    type: "email",
    name: "Email",
    server: "",
    from: "",
    options: {},
    maxAge: LINK_MINUTES * 60,
    // The address was checked by the time next-auth gets it; its own way of picking one out of several is not wanted.
    normalizeIdentifier: (email) => email,
    sendVerificationRequest: async ({ identifier, url }) => {
      await mailer.send({ to: identifier, ...(await writeSignInLink({ url, minutes: LINK_MINUTES })) });
    },
  };
}

function oidc(issuer: string, clientId: string, clientSecret: string, name: string): OAuthConfig<Claims> {
  return {
    ...{ id: "oidc", type: "oauth", name, clientId, clientSecret },
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    userinfo: {
      // An issuer that keeps to the specification names the address here and not in the id token (OIDC Core 5.4).
      // The cast: next-auth types the token set by its fields, but it is openid-client's own, and only with that does
      // openid-client compare the subject here with the id token's.
      request: ({ client, tokens }) => client.userinfo<Claims>(tokens as Parameters<typeof client.userinfo>[0]),
    },
    profile: ({ sub, name: called, email }) => ({ id: sub, name: called ?? null, email: email ?? null, image: null }),
  };
}

const githubEmailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** The address GitHub vouches for: the primary one, if it is verified; null for anything else it may have said. */
export function verifiedGithubEmail(answer: unknown): string | null {
  const emails = githubEmailsSchema.safeParse(answer).data ?? [];
  return emails.find((entry) => entry.primary && entry.verified)?.email ?? null;
}

function github(clientId: string, clientSecret: string): OAuthConfig<GithubProfile> {
  return GithubProvider({
    ...{ clientId, clientSecret, checks: ["pkce", "state"] },
    userinfo: {
      url: "https://api.github.com/user",
      // The public address of a profile says nothing about verification, so the list that does is always asked.
      request: async ({ client, tokens }) => {
        const accessToken = tokens.access_token ?? "";
        const profile = await client.userinfo<GithubProfile>(accessToken);
        const answer = await fetch("https://api.github.com/user/emails", {
          headers: { authorization: `Bearer ${accessToken}`, accept: "application/vnd.github+json" },
          signal: AbortSignal.timeout(5_000),
        });
        const email = answer.ok ? verifiedGithubEmail(await answer.json()) : null;
        return { ...profile, email: email ?? undefined, email_verified: email !== null };
      },
    },
  });
}

/** The ways to sign in that this deployment is set up for; a link by e-mail always. */
export function signInProviders(e: Env, mailer: Mailer): Provider[] {
  const providers: Provider[] = [emailLink(mailer)];
  if (e.AUTH_GOOGLE_ID !== undefined && e.AUTH_GOOGLE_SECRET !== undefined)
    providers.push(GoogleProvider({ clientId: e.AUTH_GOOGLE_ID, clientSecret: e.AUTH_GOOGLE_SECRET }));
  if (e.AUTH_GITHUB_ID !== undefined && e.AUTH_GITHUB_SECRET !== undefined)
    providers.push(github(e.AUTH_GITHUB_ID, e.AUTH_GITHUB_SECRET));
  const { AUTH_OIDC_ISSUER: issuer, AUTH_OIDC_CLIENT_ID: id, AUTH_OIDC_CLIENT_SECRET: secret } = e;
  if (issuer !== undefined && id !== undefined && secret !== undefined)
    providers.push(oidc(issuer, id, secret, e.AUTH_OIDC_NAME));
  return providers;
}
