import type { Database } from "@/db/client";
import { TEST_SECRET } from "@/db/testing/cluster";
import { answerAuth } from "@/server/auth/handler";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { type Env, parseEnv } from "@/server/platform/env";
import { mailerOf } from "@/server/platform/mailer";
import { type Browser, createBrowser } from "./browser";

/** Sign-in as a deployment with these settings would have it. */
export function authDeps(database: Database, settings: Record<string, string>) {
  const env: Env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, LOG_LEVEL: "silent", ...settings });
  const call = { database, clock: systemClock, newId, requestId: newId("request") };
  return { call, env, mailer: mailerOf(database, env) };
}

/** A browser in front of such a deployment. */
export function authBrowser(deps: ReturnType<typeof authDeps>): Browser {
  return createBrowser(new URL(deps.env.CONDUCTOR_PUBLIC_URL).origin, (request) => answerAuth(request, deps));
}

/** Asks for a sign-in as the sign-in page does, with the CSRF token; `json` brings the next address in the body. */
export async function askSignIn(
  browser: Browser,
  action: string,
  fields: Readonly<Record<string, string>>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const { csrfToken } = (await (await browser.get("/api/auth/csrf")).json()) as { csrfToken: string };
  return browser.post(`/api/auth/${action}`, { ...fields, csrfToken, json: "true" }, headers);
}
