import { idIn } from "../account/reference";
import type { Account } from "../account/account";
import type { Kinds } from "../account/wire";
import { ApiError } from "../http/errors";
import { attachedCard } from "../objects/checkout-completion";
import { intentOf } from "../objects/payment-intents";
import { declineOf } from "../objects/payment-methods";
import { collect } from "../objects/payments";
import { cardErrors, cardFields, readCard } from "./card-fields";
import { pageAnswer, type PageAnswer, redirect } from "./document";
import { type Errors, problemsOf } from "./fields";
import { day, type Html, html, money } from "./html";
import type { PageCall, Pages } from "./page";

type Invoice = Kinds["invoice"];

const WORDS: Readonly<Record<string, string>> = {
  draft: "Not final yet",
  open: "To be paid",
  paid: "Paid",
  uncollectible: "Given up",
  void: "Void",
};

function invoicePage(account: Account, invoice: Invoice, errors: Errors): PageAnswer {
  const title = `Invoice ${invoice.number ?? "without a number"}`;
  const status = WORDS[String(invoice.status)] ?? String(invoice.status);
  const body = html`${problemsOf(errors)}
    <section>
      <p>
        <strong>${status}</strong> ·
        ${day(invoice.created)}${invoice.due_date !== null && ` · due ${day(invoice.due_date)}`}
      </p>
      <p>${invoice.customer_name} ${invoice.customer_email}</p>
      ${linesTable(invoice)}
    </section>
    ${invoice.status === "open" && payForm(account, invoice, errors)}`;
  return pageAnswer(Object.keys(errors).length === 0 ? 200 : 422, title, body);
}

/** The lines of an invoice with its totals; also those of one that is only previewed. */
export function linesTable(invoice: Invoice): Html {
  const { currency } = invoice;
  const off = invoice.subtotal - invoice.total;
  const sum = (words: string, cents: number, isTotal = false) =>
    html`<tr class="${isTotal && "total"}">
      <th scope="row">${words}</th>
      <td class="amount">${money(cents, currency)}</td>
    </tr>`;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">For</th>
        <th scope="col" class="amount">Amount</th>
      </tr>
    </thead>
    <tbody>
      ${invoice.lines.data.map(
        (line) =>
          html`<tr>
            <td>
              ${line.description}<br /><span class="soft">${day(line.period.start)} – ${day(line.period.end)}</span>
            </td>
            <td class="amount">${money(line.amount, currency)}</td>
          </tr>`,
      )}
    </tbody>
    <tfoot>
      ${sum("Subtotal", invoice.subtotal)} ${off > 0 && sum("Discount", -off)} ${sum("Total", invoice.total, true)}
      ${invoice.status !== "draft" && sum("Paid", invoice.amount_paid)}
      ${invoice.status !== "draft" && sum("Still due", invoice.amount_remaining, true)}
    </tfoot>
  </table>`;
}

function payForm(account: Account, invoice: Invoice, errors: Errors): Html {
  const intent = intentOf(account, invoice.id);
  if (intent?.status === "processing") return html`<p class="done">Your bank is being asked for the payment.</p>`;
  const confirm =
    intent?.status === "requires_action" &&
    html`<p><a class="button" href="/pay/challenges/${intent.id}">Confirm the payment that was begun</a></p>`;
  return html`${confirm}
    <section>
      <form method="post" action="/pay/invoices/${invoice.id}" novalidate>
        ${cardFields(errors)}
        <button class="wide" type="submit">Pay ${money(invoice.amount_remaining, invoice.currency)}</button>
      </form>
    </section>`;
}

function invoiceOn({ account, id }: PageCall): Invoice {
  const invoice = account.store.get("invoice", id);
  if (invoice === undefined) throw new Error(`${id} is gone`);
  return invoice;
}

function show(call: PageCall): PageAnswer {
  const { account } = call;
  const invoice = invoiceOn(call);
  const failed = invoice.status === "open" ? intentOf(account, invoice.id)?.last_payment_error?.message : undefined;
  return { ...invoicePage(account, invoice, failed === undefined ? {} : { form: failed }), status: 200 };
}

function submit(call: PageCall): PageAnswer {
  const { account, form, id } = call;
  const invoice = invoiceOn(call);
  if (invoice.status !== "open" || intentOf(account, id)?.status === "processing")
    return redirect(`/pay/invoices/${id}`);
  const { number, errors } = readCard(form, account.clock.now());
  if (Object.keys(errors).length > 0) return invoicePage(account, invoice, errors);
  try {
    const method = account.atomically(() => attachedCard(account, number, idIn(invoice.customer)));
    const { outcome } = collect(account, invoice, method);
    const decline = declineOf(outcome);
    if (decline !== null) return invoicePage(account, invoiceOn(call), cardErrors(decline));
    const intent = intentOf(account, id);
    return redirect(outcome.kind === "needs-action" ? `/pay/challenges/${intent?.id ?? ""}` : `/pay/invoices/${id}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return invoicePage(account, invoiceOn(call), cardErrors(error));
  }
}

export const INVOICE_PAGES: Pages = { path: "/pay/invoices", kind: "invoice", show, submit };
