import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { featuresOf } from "../objects/portal-sessions";
import { customerNamed } from "../objects/living-customer";
import { hasEnded } from "../objects/subscription-end";
import { taxIdsShown } from "../objects/tax-ids";
import { pageAnswer, type PageAnswer } from "./document";
import { day, type Html, html, money, webAddress } from "./html";
import { offersFor } from "./portal-change";

type Session = Kinds["billing_portal.session"];
type Subscription = Kinds["subscription"];

/** The address of a part of the portal. */
export function partOf(session: Session, part: string, subscription?: string): string {
  return `/pay/portal/${session.id}/${part}${subscription === undefined ? "" : `?subscription=${subscription}`}`;
}

/** The way back to the app. */
export function wayBack(session: Session): Html | null {
  const to = webAddress(session.return_url);
  return to === null ? null : html`<p><a href="${to}">Return to the app</a></p>`;
}

/** A price in words, such as `Pro, $30.00 per month`. */
export function priceWords({ store }: Account, price: Kinds["price"]): string {
  const name = store.get("product", idIn(price.product))?.name ?? "Unknown";
  const { interval = "", interval_count: count = 1 } = price.recurring ?? {};
  const amount = price.unit_amount === null ? "by use" : money(price.unit_amount, price.currency);
  return `${name}, ${amount} per ${count > 1 ? `${count} ${interval}s` : interval}`;
}

/** The first page of the portal. */
export function homePage(account: Account, session: Session): PageAnswer {
  const { id, email } = customerNamed(account, session.customer);
  const living = account.store.all("subscription").filter((each) => each.customer === id && !hasEnded(each));
  const body = html`<p class="soft">${email}</p>
    ${
      living.length === 0
        ? html`<section><p>There is no subscription.</p></section>`
        : living.map((each) => subscriptionSection(account, session, each))
    }
    ${methodSection(account, session)} ${detailsSection(account, session)} ${invoicesSection(account, session)}
    ${wayBack(session)}`;
  return pageAnswer(200, "Your billing", body);
}

function subscriptionSection(account: Account, session: Session, subscription: Subscription): Html {
  const { id, items, status, cancel_at: end } = subscription;
  const period = items.data[0]?.current_period_end ?? 0;
  const mayChange =
    subscription.status !== "incomplete" && end === null && offersFor(account, session, subscription).length > 0;
  const mayCancel = featuresOf(account, session).subscription_cancel.enabled && status !== "incomplete";
  const link = (part: string, words: string) =>
    html`<a class="button quiet" href="${partOf(session, part, id)}">${words}</a>`;
  const keep = html`<form method="post" action="${partOf(session, "keep", id)}">
    <button type="submit">Keep the subscription</button>
  </form>`;
  return html`<section aria-label="Subscription">
    <h2>Subscription</h2>
    <ul>
      ${items.data.map((item) => html`<li>${item.quantity ?? ""} × ${priceWords(account, item.price)}</li>`)}
    </ul>
    <p>
      ${STATUS_WORDS[status] ?? status}. ${end === null ? `Renews on ${day(period)}.` : `Ends on ${day(end)}.`}
      ${subscription.schedule !== null && "Another plan is to begin."}
    </p>
    <div class="row">
      ${mayChange && link("update", "Change the plan")} ${mayCancel && end === null && link("cancel", "Cancel")}
      ${mayCancel && end !== null && keep}
    </div>
  </section>`;
}

const STATUS_WORDS: Readonly<Record<string, string>> = {
  active: "Active",
  incomplete: "Waiting for its first payment",
  past_due: "Payment is overdue",
  paused: "Paused",
  trialing: "In its trial",
  unpaid: "Not paid",
};

function methodSection(account: Account, session: Session): Html | null {
  if (!featuresOf(account, session).payment_method_update.enabled) return null;
  const own = account.store.all("subscription").filter((each) => each.customer === session.customer && !hasEnded(each));
  const [shared, ...others] = [
    customerNamed(account, session.customer).invoice_settings.default_payment_method,
    ...own.map(({ default_payment_method: method }) => method),
  ];
  const id = shared ?? others.find((method) => method !== null);
  const card = typeof id === "string" ? account.store.get("payment_method", id)?.card : undefined;
  return html`<section>
    <h2>Payment method</h2>
    <p>${card === undefined ? "None is set for everything." : `${card.brand} ending in ${card.last4}`}</p>
    <a class="button quiet" href="${partOf(session, "card")}">Change the card</a>
  </section>`;
}

function detailsSection(account: Account, session: Session): Html | null {
  const { enabled, allowed_updates: allowed } = featuresOf(account, session).customer_update;
  if (!enabled || allowed.length === 0) return null;
  const { name, email, address, id } = customerNamed(account, session.customer);
  const place = [address?.line1, address?.postal_code, address?.city, address?.country].filter((part) => part);
  const taxIds = taxIdsShown(account, id).map(({ value }) => value);
  return html`<section>
    <h2>Billing details</h2>
    <p>${[name, email, place.join(", "), taxIds.join(", ")].filter((part) => part).join(" · ")}</p>
    <a class="button quiet" href="${partOf(session, "details")}">Change the details</a>
  </section>`;
}

function invoicesSection(account: Account, session: Session): Html | null {
  if (!featuresOf(account, session).invoice_history.enabled) return null;
  const all = account.store
    .all("invoice")
    .filter((invoice) => invoice.customer === session.customer && invoice.status !== "draft");
  if (all.length === 0)
    return html`<section>
      <h2>Invoices</h2>
      <p>There are none yet.</p>
    </section>`;
  return html`<section>
    <table>
      <caption>
        Invoices
      </caption>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">Date</th>
          <th scope="col">Status</th>
          <th scope="col" class="amount">Total</th>
        </tr>
      </thead>
      <tbody>
        ${all.map(
          (each) =>
            html`<tr>
              <td><a href="/pay/invoices/${each.id}">${each.number}</a></td>
              <td>${day(each.created)}</td>
              <td>${each.status}</td>
              <td class="amount">${money(each.total, each.currency)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
