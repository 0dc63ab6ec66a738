import { approve, fail, openChallenge, sessionOfIntent } from "../objects/challenges";
import { intentNamed, invoiceOf } from "../objects/payment-intents";
import type { Account } from "../account/account";
import { afterSession } from "./checkout";
import { pageAnswer, type PageAnswer, redirect } from "./document";
import { html, money } from "./html";
import type { PageCall, Pages } from "./page";

/** The page that a cardholder came from: of the session that waits, else of the invoice. */
function origin(account: Account, intent: string): string {
  const session = sessionOfIntent(account, intent);
  return session === null ? `/pay/invoices/${invoiceOf(account, intent).id}` : `/pay/checkout/${session.id}`;
}

function show({ account, id }: PageCall): PageAnswer {
  // Whatever became of it is told where the cardholder came from.
  if (intentNamed(account, id).status !== "requires_action") return redirect(origin(account, id));
  const { amount, currency } = openChallenge(account, id);
  const body = html`<section>
    <p>Your bank asks you to confirm a payment of <strong>${money(amount, currency)}</strong>.</p>
    <p class="hint">This stands in for the page of a bank (3-D Secure).</p>
    <form method="post" action="/pay/challenges/${id}" class="row">
      <button type="submit" name="answer" value="approve">Approve</button>
      <button class="quiet" type="submit" name="answer" value="fail">Fail</button>
      <button class="quiet" type="submit" name="answer" value="close">Close</button>
    </form>
  </section>`;
  return pageAnswer(200, "Confirm this payment", body);
}

function submit({ account, id, form }: PageCall): PageAnswer {
  const back = origin(account, id);
  const answer = form.get("answer");
  if (answer === "approve") {
    const session = approve(account, id);
    return session === null ? redirect(back) : afterSession(session);
  }
  if (answer === "fail") fail(account, id);
  return redirect(back);
}

export const CHALLENGE_PAGES: Pages = { path: "/pay/challenges", kind: "payment_intent", show, submit };
