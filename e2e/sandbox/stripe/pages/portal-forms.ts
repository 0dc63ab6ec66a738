import type { Account } from "../account/account";
import type { Kinds } from "../account/wire";
import { customerNamed } from "../objects/living-customer";
import { featuresOf } from "../objects/portal-sessions";
import { addressFields } from "./address-fields";
import { cardFields } from "./card-fields";
import { pageAnswer, type PageAnswer } from "./document";
import { type Errors, field, problemsOf, select } from "./fields";
import { day, type Html, html } from "./html";
import { linesTable } from "./invoice";
import { type Change, offersFor, previewChange } from "./portal-change";
import { partOf, priceWords, wayBack } from "./portal-view";
import { taxIdFields } from "./tax-id-fields";

type Session = Kinds["billing_portal.session"];
type Subscription = Kinds["subscription"];

export interface FormView {
  account: Account;
  session: Session;
  errors: Errors;
  form: URLSearchParams;
}

function framed({ session, errors }: FormView, title: string, body: Html): PageAnswer {
  const isFlow = session.flow !== null && session.flow.after_completion.type !== "portal_homepage";
  const back = isFlow ? wayBack(session) : html`<p><a href="${partOf(session, "home")}">Back without a change</a></p>`;
  const status = Object.keys(errors).length === 0 ? 200 : 422;
  return pageAnswer(status, title, html`${problemsOf(errors)} ${body} ${back}`);
}

/** Asks for another plan; what it would cost is shown before it is taken. */
export function updateForm(view: FormView, subscription: Subscription): PageAnswer {
  const { account, session, errors, form } = view;
  const offers = offersFor(account, session, subscription);
  const [item] = subscription.items.data;
  const chosen = form.get("price") ?? item?.price.id;
  const body = html`<section>
    <form method="get" action="${partOf(session, "confirm")}">
      <input type="hidden" name="subscription" value="${subscription.id}" />
      <fieldset>
        <legend>Plan</legend>
        ${offers.map(
          ({ price }) =>
            html`<label class="choice"
              ><input type="radio" name="price" value="${price.id}" ${price.id === chosen && html`checked`} />
              <span
                >${priceWords(account, price)}${price.id === item?.price.id && html` <strong>(now)</strong>`}</span
              ></label
            >`,
        )}
      </fieldset>
      ${
        offers.some(({ range }) => range !== null) &&
        field({
          ...{ name: "quantity", label: "Quantity", errors, type: "number", inputmode: "numeric", min: 0 },
          ...{ value: form.get("quantity") ?? String(item?.quantity ?? 1), isRequired: true },
        })
      }
      <button type="submit">See what it costs</button>
    </form>
  </section>`;
  return framed(view, "Change the plan", body);
}

/** Shows what a change costs, and asks for it to be confirmed. */
export function confirmForm(view: FormView, subscription: Subscription, change: Change): PageAnswer {
  const { account, session } = view;
  const preview = previewChange(account, session, subscription, change);
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  const price = account.store.get("price", change.price);
  const isNow = featuresOf(account, session).subscription_update.proration_behavior === "always_invoice";
  const body = html`<section>
      <p>${change.quantity} × ${price !== undefined && priceWords(account, price)}</p>
      ${
        preview === null
          ? html`<p>It begins on ${day(end)}. Nothing is due before.</p>`
          : html`<h2>${isNow ? "To be paid now" : "Your next invoice"}</h2>
              ${linesTable(preview)}`
      }
    </section>
    <form method="post" action="${partOf(session, "confirm", subscription.id)}">
      <input type="hidden" name="price" value="${change.price}" />
      <input type="hidden" name="quantity" value="${change.quantity}" />
      <input type="hidden" name="moment" value="${change.moment}" />
      <button class="wide" type="submit">Confirm the change</button>
    </form>`;
  return framed(view, "Confirm the change", body);
}

const REASONS: Readonly<Record<string, string>> = {
  customer_service: "Customer service was not what I expected",
  low_quality: "The quality was not what I expected",
  missing_features: "I need more features",
  other: "Another reason",
  switched_service: "I found an alternative",
  too_complex: "It is too hard to use",
  too_expensive: "It is too expensive",
  unused: "I do not use it enough",
};

/** Asks whether a subscription is to end, and why. */
export function cancelForm(view: FormView, subscription: Subscription): PageAnswer {
  const { account, session, errors, form } = view;
  const { cancellation_reason: reason, mode } = featuresOf(account, session).subscription_cancel;
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  const choices = [["", "No answer"] as const, ...reason.options.map((word) => [word, REASONS[word] ?? word] as const)];
  const body = html`<section>
    <p>${mode === "immediately" ? "It ends at once." : `It can be used until ${day(end)}, and ends then.`}</p>
    <form method="post" action="${partOf(session, "cancel", subscription.id)}" novalidate>
      ${
        reason.enabled &&
        html`${select({ name: "feedback", label: "Why (optional)", errors, choices, value: form.get("feedback") })}
        ${field({ name: "comment", label: "In your own words", errors, value: form.get("comment") })}`
      }
      <button type="submit">Cancel the subscription</button>
    </form>
  </section>`;
  return framed(view, "Cancel the subscription", body);
}

/** Asks for another card. */
export function cardForm(view: FormView): PageAnswer {
  const body = html`<section>
    <form method="post" action="${partOf(view.session, "card")}" novalidate>
      ${cardFields(view.errors)}
      <button class="wide" type="submit">Save the card</button>
    </form>
  </section>`;
  return framed(view, "Change the card", body);
}

/** Asks for what of the customer's details may be changed. */
export function detailsForm(view: FormView): PageAnswer {
  const { account, session, errors, form } = view;
  const { allowed_updates: allowed } = featuresOf(account, session).customer_update;
  const { email, name, address } = customerNamed(account, session.customer);
  const value = (field: string, known: string | null | undefined) => form.get(field) ?? known ?? "";
  const may = (word: string) => allowed.some((each) => each === word);
  const body = html`<section>
    <form method="post" action="${partOf(session, "details")}" novalidate>
      ${
        may("email") &&
        field({
          ...{ name: "email", label: "E-mail", errors, type: "email", autocomplete: "email", isRequired: true },
          value: value("email", email),
        })
      }
      ${may("name") && field({ name: "name", label: "Name", errors, autocomplete: "name", value: value("name", name) })}
      ${may("address") && addressFields({ errors, form, known: address, isFull: true })}
      ${may("tax_id") && taxIdFields(errors, form, false)}
      <button class="wide" type="submit">Save the details</button>
    </form>
  </section>`;
  return framed(view, "Change the details", body);
}
