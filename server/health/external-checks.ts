import { createTransport } from "nodemailer";
import type { flagsStanding } from "@/server/entitlements";
import type { Env } from "@/server/platform/env";
import { stripeClient } from "@/server/platform/stripe";
import type { Check } from "./check";

// Readiness is asked every few seconds; other people's services are not.
const ASK_AGAIN_AFTER_MS = 30_000;
const ANSWER_WITHIN_MS = 3_000;

type Ask = (e: Env) => Promise<Check>;

/** Remembers an answer for a while, and answers `degraded` when the service does not within the time. */
function remembered(name: string, ask: Ask): Ask {
  let last: { at: number; check: Promise<Check> } | undefined;
  return async (e) => {
    const now = Date.now();
    if (last === undefined || now - last.at > ASK_AGAIN_AFTER_MS)
      last = {
        at: now,
        check: ask(e).catch((error: unknown): Check => {
          const why = error instanceof Error ? error.name : "no answer";
          return { status: "degraded", detail: `${name} cannot be reached (${why})` };
        }),
      };
    return last.check;
  };
}

export const checkMail = remembered("the mail server", async (e) => {
  if (e.SMTP_URL === undefined) return { status: "ok", detail: "Outbox page (no SMTP configured)" };
  const transport = createTransport(e.SMTP_URL, {
    connectionTimeout: ANSWER_WITHIN_MS,
    greetingTimeout: ANSWER_WITHIN_MS,
  });
  try {
    await transport.verify();
    return { status: "ok", detail: "SMTP answers" };
  } finally {
    transport.close();
  }
});

export const checkBilling = remembered("Stripe", async (e) => {
  const stripe = stripeClient(e);
  if (stripe === null) return { status: "ok", detail: "not configured" };
  await stripe.balance.retrieve({}, { timeout: ANSWER_WITHIN_MS, maxNetworkRetries: 0 });
  return { status: "ok", detail: "Stripe answers" };
});

const PROVIDERS = {
  live: "the flag server answers",
  backup: "what the flag server said last",
  bootstrap: "the flags of the catalogue",
  none: "nothing: every paid feature is held back",
} as const;

/** Says whose flags decide, and what is wrong with them. They answer from memory, so this asks nobody. */
export function checkFlags({
  provider,
  revision,
  isConfigured,
  problem,
  missing,
}: ReturnType<typeof flagsStanding>): Check {
  const said = `${provider}: ${PROVIDERS[provider]}${revision === null ? "" : ` (revision ${revision})`}`;
  if (isConfigured && provider !== "live")
    return { status: "degraded", detail: `${said}; the server: ${problem ?? "not asked yet"}` };
  if (missing === 0) return { status: "ok", detail: said };
  return { status: "degraded", detail: `${said}; ${missing} flags are missing: npx conductor flags apply` };
}
