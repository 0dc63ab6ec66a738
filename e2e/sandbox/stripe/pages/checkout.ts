import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { ApiError } from "../http/errors";
import { attemptOf, isMeansNeeded, type Means, paySession } from "../objects/checkout-completion";
import { setCode } from "../objects/checkout-codes";
import type { Details } from "../objects/checkout-details";
import { sessionNamed } from "../objects/checkout-sessions";
import { customerNamed } from "../objects/living-customer";
import { intentOf } from "../objects/payment-intents";
import { emailProblem, readAddress } from "./address-fields";
import { cardErrors, readCard } from "./card-fields";
import { checkoutPage } from "./checkout-view";
import { notice, type PageAnswer, redirect } from "./document";
import type { Errors } from "./fields";
import { webAddress } from "./html";
import { type PageCall, type Pages, typed } from "./page";

type Session = Kinds["checkout.session"];

/** Where a session's customer goes when it is complete. */
export function afterSession(session: Session): PageAnswer {
  const to = webAddress(session.success_url?.replaceAll("{CHECKOUT_SESSION_ID}", session.id));
  return to === null ? notice(200, "Thank you", "Your subscription has begun.") : redirect(to);
}

function show({ account, id, form }: PageCall): PageAnswer {
  const session = sessionNamed(account, id);
  const over = overPage(session);
  if (over !== null) return over;
  const attempt = attemptOf(account, id);
  const intent = attempt === null ? null : intentOf(account, idIn(attempt.latest_invoice));
  const failed = intent?.last_payment_error?.message;
  const page = checkoutPage({ account, session, form, errors: failed === undefined ? {} : { form: failed } });
  return { ...page, status: 200 };
}

/** The page of a session that is over, or null for one that is open. */
function overPage(session: Session): PageAnswer | null {
  if (session.status === "open") return null;
  if (session.status === "complete") {
    const to = webAddress(session.success_url?.replaceAll("{CHECKOUT_SESSION_ID}", session.id));
    return notice(200, "This checkout is complete", "There is nothing left to pay here.", { to, words: "Go back" });
  }
  const to = webAddress(session.cancel_url);
  return notice(410, "This checkout has expired", "Nothing was bought. You can start again.", { to, words: "Go back" });
}

function submit(call: PageCall): PageAnswer {
  const { account, id, form, part } = call;
  const session = sessionNamed(account, id);
  const over = overPage(session);
  if (over !== null) return over;
  try {
    return part === "code" ? takeCode(call) : pay(call, session);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return checkoutPage({ account, session: sessionNamed(account, id), form, errors: errorsOf(error) });
  }
}

function takeCode({ account, id, form }: PageCall): PageAnswer {
  const code = typed(form, "code");
  const isRemoved = form.get("remove") === "yes";
  if (!isRemoved && code === "") throw new ApiError(400, "Enter a code.", { param: "code" });
  setCode(account, id, isRemoved ? null : code);
  return redirect(`/pay/checkout/${id}`);
}

function pay({ account, id, form }: PageCall, session: Session): PageAnswer {
  const { means, errors: wrongMeans } = readMeans(session, form, account.clock.now());
  const { details, errors: wrongDetails } = readDetails(session, form, customerNamed(account, idIn(session.customer)));
  const errors = { ...wrongDetails, ...wrongMeans };
  if (Object.keys(errors).length > 0) return checkoutPage({ account, session, form, errors });
  const paid = paySession(account, id, means, details);
  return paid.kind === "challenge" ? redirect(`/pay/challenges/${paid.intent}`) : afterSession(paid.session);
}

function errorsOf(error: ApiError): Errors {
  const { param } = error.details;
  if (param === "value") return { tax_id: error.message };
  return param === "code" ? { code: error.message } : cardErrors(error);
}

function readMeans(session: Session, form: URLSearchParams, now: number): { means: Means; errors: Errors } {
  if (!isMeansNeeded(session)) return { means: { kind: "none" }, errors: {} };
  const type = (["sepa_debit", "us_bank_account"] as const).find((each) => session.payment_method_types.includes(each));
  if (form.get("means") === "debit") {
    if (type !== undefined) return { means: { kind: "debit", type }, errors: {} };
    return { means: { kind: "none" }, errors: { form: "Bank debits are not offered here." } };
  }
  if (!session.payment_method_types.includes("card")) {
    return { means: { kind: "none" }, errors: { form: "Cards are not offered here." } };
  }
  const { number, errors } = readCard(form, now);
  return { means: { kind: "card", number }, errors };
}

function readDetails(
  session: Session,
  form: URLSearchParams,
  customer: Kinds["customer"],
): { details: Details; errors: Errors } {
  const isFull = session.billing_address_collection === "required";
  const email = customer.email ?? typed(form, "email");
  const { address, errors: wrongAddress } = readAddress(form, isFull);
  const name = typed(form, "name") || null;
  const errors = {
    ...emailProblem(email),
    ...(isFull && name === null ? { name: "Enter your name." } : {}),
    ...wrongAddress,
  };
  const value = typed(form, "tax_id");
  const taxId = value === "" ? null : { type: typed(form, "tax_id_type"), value };
  return { details: { email, name, address, taxId }, errors };
}

export const CHECKOUT_PAGES: Pages = { path: "/pay/checkout", kind: "checkout.session", show, submit };
