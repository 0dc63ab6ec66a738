import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Facts, Panel } from "@/app/_shared/page";
import { money } from "@/app/_shared/pricing/dollars";
import { ManageButton } from "./manage-button";
import classes from "./payment-panel.module.css";
import type { Payment } from "./plan-words";

interface Props {
  /** Null where the seller did not answer. */
  payment: Payment | null;
  /** The way to the invoices; absent where they are on the same page. */
  invoicesHref?: string;
  zone: string;
}

function methodWords({ method }: Payment): string {
  if (method === null) return "None on file";
  const { brand, last4, expires } = method;
  const name = brand.charAt(0).toUpperCase() + brand.slice(1);
  const card = last4 === "" ? name : `${name} ending in ${last4}`;
  return expires === null ? card : `${card}, good until ${expires}`;
}

function NextInvoice({ next, zone }: { next: Payment["next"]; zone: string }) {
  if (next === null) return <>None comes</>;
  return (
    <>
      {money(next.totalCents, next.currency)} on <Moment at={next.at} zone={zone} />
      {next.discountCents === 0 ? null : `, after ${money(next.discountCents, next.currency)} off`}
    </>
  );
}

/** How the tenant pays: what is on file and what comes next, with the ways to the invoices and to the seller's portal. */
export function PaymentPanel({ payment, invoicesHref, zone }: Props) {
  return (
    <Panel
      title="Payment"
      aside={invoicesHref === undefined ? null : <ButtonLink href={invoicesHref}>Invoices</ButtonLink>}
    >
      {payment === null ? (
        <Notice tone="wait" title="Stripe does not answer at the moment">
          The plan and what it opens are not touched by that. Load the page again in a minute.
        </Notice>
      ) : (
        <Facts
          rows={[
            ["Payment method", methodWords(payment)],
            ["Next invoice, by now", <NextInvoice key="next" next={payment.next} zone={zone} />],
            ...(payment.balanceCents === 0 ? [] : [["Kept for it", money(-payment.balanceCents, "usd")] as const]),
          ]}
        />
      )}
      <div className={classes.act}>
        <ManageButton />
      </div>
    </Panel>
  );
}
