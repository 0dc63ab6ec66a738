import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { attemptOf, isMeansNeeded } from "../objects/checkout-completion";
import { customerNamed } from "../objects/living-customer";
import { addressFields } from "./address-fields";
import { cardFields } from "./card-fields";
import { type PageAnswer, pageAnswer } from "./document";
import { type Errors, field, problemsOf } from "./fields";
import { type Html, html, money, webAddress } from "./html";
import { taxIdFields } from "./tax-id-fields";

type Session = Kinds["checkout.session"];

interface View {
  account: Account;
  session: Session;
  form: URLSearchParams;
  errors: Errors;
}

/** The page of an open session, with what was typed before and what is wrong with it. */
export function checkoutPage(view: View): PageAnswer {
  const { session, errors, account } = view;
  const cancel = webAddress(session.cancel_url);
  const body = html`${problemsOf(errors)} ${summary(account, session)} ${codeForm(view)}
    <form method="post" action="/pay/checkout/${session.id}" autocomplete="on" novalidate>
      ${contactFields(view)} ${taxIdSection(view)} ${meansFields(view)}
      <button class="wide" type="submit">${payWords(session)}</button>
    </form>
    ${cancel !== null && html`<p><a href="${cancel}">Cancel and go back</a></p>`}`;
  return pageAnswer(Object.keys(errors).length === 0 ? 200 : 422, "Checkout", body);
}

function payWords(session: Session): string {
  const total = session.amount_total ?? 0;
  return total === 0 ? "Subscribe" : `Pay ${money(total, session.currency ?? "usd")} and subscribe`;
}

function summary({ store }: Account, session: Session): Html {
  const terms = store.get("session_terms", session.id);
  const currency = session.currency ?? "usd";
  const trialDays = terms?.subscription.trial_period_days ?? 0;
  const discount = session.total_details?.amount_discount ?? 0;
  const rows = (terms?.lines ?? []).map((line) => {
    const every = line.price?.recurring;
    const per =
      every == null ? "" : `per ${every.interval_count > 1 ? `${every.interval_count} ` : ""}${every.interval}`;
    return html`<tr>
      <td>
        ${line.description}
        <span class="soft">${line.quantity === null ? "by use," : `× ${line.quantity}`} ${per}</span>
      </td>
      <td class="amount">${line.quantity === null ? "–" : money(line.amount_subtotal, currency)}</td>
    </tr>`;
  });
  return html`<section>
    <table>
      <caption>
        What you buy
      </caption>
      <tbody>
        ${rows}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Subtotal</th>
          <td class="amount">${money(session.amount_subtotal ?? 0, currency)}</td>
        </tr>
        ${
          discount > 0 &&
          html`<tr>
            <th scope="row">Discount</th>
            <td class="amount">−${money(discount, currency)}</td>
          </tr>`
        }
        <tr class="total">
          <th scope="row">Due today</th>
          <td class="amount">${money(session.amount_total ?? 0, currency)}</td>
        </tr>
      </tfoot>
    </table>
    ${trialDays > 0 && html`<p class="hint">The first ${trialDays} days are a trial.</p>`}
  </section>`;
}

/** A form of its own: a code is looked at before anything is paid. */
function codeForm({ account, session, errors }: View): Html | null {
  if (session.allow_promotion_codes !== true || attemptOf(account, session.id) !== null) return null;
  const code = session.discounts?.[0]?.promotion_code;
  const applied = typeof code === "string" ? account.store.get("promotion_code", code)?.code : undefined;
  const action = `/pay/checkout/${session.id}/code`;
  return html`<section>
    <form method="post" action="${action}" novalidate>
      ${
        applied === undefined
          ? html`<div class="row">
              ${field({ name: "code", label: "Promotion code", errors })}<button class="quiet" type="submit">
                Apply
              </button>
            </div>`
          : html`<p>Promotion code <strong>${applied}</strong> is applied.</p>
              <button class="quiet" type="submit" name="remove" value="yes">Remove the code</button>`
      }
    </form>
  </section>`;
}

function contactFields({ account, session, form, errors }: View): Html {
  const customer = customerNamed(account, idIn(session.customer));
  const value = (name: string, before: string | null | undefined) => form.get(name) ?? before ?? "";
  const isFull = session.billing_address_collection === "required";
  const address = session.customer_details?.address ?? customer.address;
  return html`<section>
    <h2>Billing details</h2>
    ${field({
      ...{ name: "email", label: "E-mail", errors, type: "email", autocomplete: "email", isRequired: true },
      ...{ value: customer.email ?? value("email", session.customer_details?.email), isFixed: customer.email !== null },
    })}
    ${field({
      ...{ name: "name", label: "Name", errors, autocomplete: "name", isRequired: isFull },
      value: value("name", session.customer_details?.name ?? customer.name),
    })}
    ${addressFields({ errors, form, known: address, isFull })}
  </section>`;
}

function taxIdSection({ session, form, errors }: View): Html | null {
  if (session.tax_id_collection?.enabled !== true) return null;
  const isRequired = session.tax_id_collection.required === "if_supported";
  return html`<section>
    <h2>Tax id</h2>
    ${taxIdFields(errors, form, isRequired)}
  </section>`;
}

function meansFields({ session, form, errors }: View): Html | null {
  if (!isMeansNeeded(session)) return null;
  const isOffered = (type: string) => session.payment_method_types.includes(type);
  const hasDebit = isOffered("sepa_debit") || isOffered("us_bank_account");
  if (!isOffered("card"))
    return html`<section>
      <h2>Payment</h2>
      ${debitOnly()}
    </section>`;
  const isDebit = form.get("means") === "debit";
  const choices = html`<fieldset>
    <legend>Pay with</legend>
    <label class="choice"
      ><input type="radio" name="means" value="card" ${!isDebit && html`checked`} /> <span>Card</span></label
    >
    <label class="choice"
      ><input type="radio" name="means" value="debit" ${isDebit && html`checked`} />
      <span>Bank debit, which is paid days later</span></label
    >
  </fieldset>`;
  return html`<section>
    <h2>Payment</h2>
    ${hasDebit && choices} ${cardFields(errors)}
  </section>`;
}

function debitOnly(): Html {
  return html`<p><input type="hidden" name="means" value="debit" />By bank debit, which is paid days later.</p>`;
}
