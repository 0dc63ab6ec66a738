import { type DemoUser, demoUsers } from "@/db/seed/demo";
import { env } from "@/server/platform/env";

export interface SignInMethods {
  /** Providers that are configured, as next-auth names them, and what their buttons say. */
  providers: { id: "google" | "github" | "oidc"; label: string }[];
  /** People to sign in as without proof; empty everywhere but in demo mode. */
  demoUsers: DemoUser[];
  /** True when mail lands on the Outbox page instead of with a mail server. */
  hasOutbox: boolean;
}

/** How a person can sign in to this deployment. An e-mailed link always works. */
export function signInMethods(): SignInMethods {
  const e = env();
  return {
    providers: [
      ...(e.AUTH_GOOGLE_ID === undefined ? [] : [{ id: "google" as const, label: "Google" }]),
      ...(e.AUTH_GITHUB_ID === undefined ? [] : [{ id: "github" as const, label: "GitHub" }]),
      ...(e.AUTH_OIDC_ISSUER === undefined ? [] : [{ id: "oidc" as const, label: e.AUTH_OIDC_NAME }]),
    ],
    demoUsers: e.CONDUCTOR_MODE === "demo" ? demoUsers() : [],
    hasOutbox: e.SMTP_URL === undefined && e.CONDUCTOR_MODE !== "production",
  };
}
