import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { money } from "@/app/_shared/pricing/dollars";
import type { Invoice } from "./plan-words";

/** What was not paid yet: how much, how often it was tried, when next, and where it is paid. */
export function OpenInvoices({ open, zone }: { open: readonly Invoice[]; zone: string }) {
  return open.map(({ id, number, dueCents, currency, attempts, nextAttemptAt, page }) => (
    <Notice key={id} tone="bad" title={`${money(dueCents, currency)} are open`}>
      Invoice {number ?? id} was tried {attempts === 1 ? "once" : `${attempts} times`}.{" "}
      {nextAttemptAt === null ? (
        "It is not tried again by itself."
      ) : (
        <>
          It is tried again on <Moment at={nextAttemptAt} zone={zone} />.
        </>
      )}{" "}
      {page === null ? null : <a href={page}>Pay it now</a>}
    </Notice>
  ));
}
