import { standingOfDispute } from "@/policies/entitlements/disputes";
import type { Projection } from "@/policies/entitlements/projection";
import { TRIAL_NOTICE_DAYS } from "@/policies/entitlements/status";
import type { Stripe } from "@/server/platform/stripe";
import type { NoticeKind } from "./domain/inbox";
import type { FetchedCustomer } from "./fetch-customer";

/** Something that administrators are to be told once: `key` names it, whoever finds it and however often. */
export interface FoundNotice {
  key: string;
  kind: NoticeKind;
  amountCents: number | null;
  currency: string | null;
  /** Where it is settled, at the seller; null where that is the Billing page. */
  url: string | null;
  /** When it happens, is tried again, or did happen, as ISO 8601. */
  at: string | null;
}

interface Found {
  fetched: FetchedCustomer;
  before: Projection | null;
  after: Projection | null;
  now: Date;
}

const DAY_MS = 86_400_000;
/** Days before a card is good no more from which that is told. */
const CARD_NOTICE_DAYS = 30;

const plain = { amountCents: null, currency: null, url: null, at: null };
const iso = (seconds: number | null) => (seconds === null ? null : new Date(seconds * 1000).toISOString());

/** Each try to charge that failed or needs the holder, by invoice and number of the try. */
function ofInvoices({ invoices, toConfirm }: FetchedCustomer): FoundNotice[] {
  return invoices
    .filter((each) => each.status === "open" && each.attempt_count > 0 && each.collection_method !== "send_invoice")
    .map((invoice) => {
      const kind = toConfirm.has(invoice.id) ? "action-required" : "payment-failed";
      return {
        ...{ kind, key: `${kind}:${invoice.id}:${invoice.attempt_count}`, amountCents: invoice.amount_remaining },
        ...{ currency: invoice.currency, url: invoice.hosted_invoice_url ?? null },
        at: iso(invoice.next_payment_attempt),
      };
    });
}

const LIVES = ["active", "trialing", "past_due"];

/** The card that pays next, where it is good no more soon. */
function ofCard({ subscriptions, method }: FetchedCustomer, now: Date): FoundNotice[] {
  const living = subscriptions.find(({ status }) => LIVES.includes(status));
  if (living === undefined || living.cancel_at_period_end) return [];
  const own = living.default_payment_method;
  const paying = own === null || typeof own === "string" ? method : own;
  if (paying?.card === undefined) return [];
  const { exp_month: month, exp_year: year } = paying.card;
  // Good until the end of its month.
  const end = Date.UTC(year, month, 1);
  if (end - now.getTime() > CARD_NOTICE_DAYS * DAY_MS) return [];
  return [
    {
      ...plain,
      kind: "card-expiring",
      key: `card-expiring:${paying.id}:${year}-${month}`,
      at: new Date(end).toISOString(),
    },
  ];
}

function ofTrial({ subscriptions }: FetchedCustomer, now: Date): FoundNotice[] {
  return subscriptions.flatMap(({ id, status, trial_end: end }: Stripe.Subscription): FoundNotice[] => {
    if (status !== "trialing" || end === null || end * 1000 - now.getTime() > TRIAL_NOTICE_DAYS * DAY_MS) return [];
    return [{ ...plain, kind: "trial-ending", key: `trial-ending:${id}:${end}`, at: iso(end) }];
  });
}

/** Charges that their holder denied, when that was said first, and those that were taken back since. */
const ofDisputes = ({ disputes }: FetchedCustomer): FoundNotice[] =>
  disputes.flatMap((dispute) => {
    const { id, amountCents, currency, openedAt } = dispute;
    const notice = { amountCents, currency, url: null, at: iso(openedAt) };
    const disputed = { kind: "disputed" as const, key: `disputed:${id}`, ...notice };
    const lost = { kind: "dispute-lost" as const, key: `dispute-lost:${id}`, ...notice };
    return { open: [disputed], lost: [disputed, lost], over: [] }[standingOfDispute(dispute)];
  });

const OWED = ["past_due", "unpaid"];

function ofStatus({ before, after }: Found): FoundNotice[] {
  if (before === null || after === null || before.status === after.status) return [];
  if (OWED.includes(before.status) && after.status === "active")
    return [{ ...plain, kind: "recovered", key: `recovered:${before.statusSince.toISOString()}` }];
  if (after.status !== "canceled") return [];
  const at = (after.endedAt ?? after.statusSince).toISOString();
  return [{ ...plain, kind: "ended", key: `ended:${at}`, at }];
}

/** What is to be told of a customer, by how it is and not by events: whichever of them came, in whichever order. */
export const findNotices = (found: Found): FoundNotice[] => [
  ...ofInvoices(found.fetched),
  ...ofCard(found.fetched, found.now),
  ...ofTrial(found.fetched, found.now),
  ...ofDisputes(found.fetched),
  ...ofStatus(found),
];
