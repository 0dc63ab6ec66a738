import type { Account } from "../account/account";
import type { Kinds } from "../account/wire";
import { ApiError, invalid } from "../http/errors";
import { attachedCard } from "../objects/checkout-completion";
import { customerNamed } from "../objects/living-customer";
import { featuresOf, livingOf, visitPortal } from "../objects/portal-sessions";
import { hasEnded } from "../objects/subscription-end";
import { addTaxId, taxIdsShown } from "../objects/tax-ids";
import { emailProblem, readAddress } from "./address-fields";
import { ask } from "./ask";
import { cardErrors, readCard } from "./card-fields";
import { notice, type PageAnswer, redirect } from "./document";
import type { Errors } from "./fields";
import { webAddress } from "./html";
import { type PageCall, type Pages, typed } from "./page";
import { type Change, makeChange } from "./portal-change";
import { cancelForm, cardForm, confirmForm, detailsForm, type FormView, updateForm } from "./portal-forms";
import { homePage, partOf } from "./portal-view";

type Session = Kinds["billing_portal.session"];
type Features = Kinds["billing_portal.configuration"]["features"];
type Subscription = Kinds["subscription"];

/** The parts of the portal, and whether a configuration offers them. */
const PARTS: Readonly<Record<string, (features: Features) => boolean>> = {
  home: () => true,
  update: (features) => features.subscription_update.enabled,
  confirm: (features) => features.subscription_update.enabled,
  cancel: (features) => features.subscription_cancel.enabled,
  keep: (features) => features.subscription_cancel.enabled,
  card: (features) => features.payment_method_update.enabled,
  details: (features) => features.customer_update.enabled,
};

/** The parts that a session is for when it was opened for one purpose; the first is where it begins. */
const FLOWS: Readonly<Record<string, readonly string[]>> = {
  payment_method_update: ["card"],
  subscription_cancel: ["cancel"],
  subscription_update: ["update", "confirm"],
  subscription_update_confirm: ["confirm"],
};

function flowParts({ flow }: Session): readonly string[] | null {
  return flow === null ? null : (FLOWS[flow.type] ?? []);
}

/** Refuses what the configuration does not offer, and in a session for one purpose everything else. */
function refuseOther(account: Account, session: Session, part: string): void {
  const isThere = PARTS[part]?.(featuresOf(account, session)) === true;
  const isBound = session.flow !== null && session.flow.after_completion.type !== "portal_homepage";
  const isMeant = !isBound || flowParts(session)?.includes(part) === true;
  if (!isThere || !isMeant) throw new ApiError(403, "This is not offered here.");
}

function ended({ account, id }: PageCall): PageAnswer {
  const to = webAddress(account.store.get("billing_portal.session", id)?.return_url);
  return notice(410, "This page has expired", "Open it from the app again.", { to, words: "Return to the app" });
}

/** The subscription that a request is about: the one that the session is for, else the one that the address names. */
function subscriptionOf({ account, query }: PageCall, { flow, customer }: Session): Subscription {
  const meant = flow?.subscription_cancel ?? flow?.subscription_update ?? flow?.subscription_update_confirm;
  const isBound = flow !== null && flow.after_completion.type !== "portal_homepage";
  const named = query.get("subscription");
  return livingOf(account, customer, (isBound ? null : named) ?? meant?.subscription ?? named ?? "");
}

/** The change that a session was opened for, else the one that was chosen. */
function changeOf(session: Session, chosen: URLSearchParams, before: Subscription, now: number): Change {
  const [meant] = session.flow?.subscription_update_confirm?.items ?? [];
  const [item] = before.items.data;
  if (meant !== undefined && meant.id !== item?.id) throw invalid("This item is not the subscription's.", "items");
  const price = meant?.price ?? chosen.get("price") ?? item?.price.id ?? "";
  const quantity = meant?.quantity ?? (chosen.has("quantity") ? Number(chosen.get("quantity")) : (item?.quantity ?? 1));
  return { price, quantity, moment: chosen.has("moment") ? Number(chosen.get("moment")) : now };
}

function show(call: PageCall): PageAnswer {
  const { account, id, part, query } = call;
  const session = visitPortal(account, id);
  if (session === null) return ended(call);
  if (part === "") return redirect(partOf(session, flowParts(session)?.[0] ?? "home"));
  refuseOther(account, session, part);
  const view: FormView = { account, session, errors: {}, form: query };
  if (part === "update") return updateForm(view, subscriptionOf(call, session));
  if (part === "cancel") return cancelForm(view, subscriptionOf(call, session));
  if (part === "card") return cardForm(view);
  if (part === "details") return detailsForm(view);
  if (part !== "confirm") return homePage(account, session);
  const subscription = subscriptionOf(call, session);
  return confirmOrSay(view, subscription, changeOf(session, query, subscription, account.clock.now()));
}

/** What is wrong with a choice is told where it was made, or alone where nothing can be chosen. */
function confirmOrSay(view: FormView, subscription: Subscription, change: Change): PageAnswer {
  try {
    return confirmForm(view, subscription, change);
  } catch (error) {
    const isChosen = view.session.flow?.subscription_update_confirm == null;
    if (!(error instanceof ApiError) || !isChosen) throw error;
    const name = error.details.param === "quantity" ? "quantity" : "form";
    return updateForm({ ...view, errors: { [name]: error.message } }, subscription);
  }
}

/** Where a session leads once its customer has done something. */
function done({ flow, id, return_url: back }: Session): PageAnswer {
  const after = flow?.after_completion;
  if (after?.type === "redirect") {
    const to = webAddress(after.redirect?.return_url);
    if (to !== null) return redirect(to);
  }
  if (after?.type === "hosted_confirmation") {
    const words = after.hosted_confirmation?.custom_message ?? "Your change was made.";
    return notice(200, "Done", words, { to: webAddress(back), words: "Return to the app" });
  }
  return redirect(`/pay/portal/${id}/home`);
}

function submit(call: PageCall): PageAnswer {
  const { account, id, part, form } = call;
  const session = visitPortal(account, id);
  if (session === null) return ended(call);
  refuseOther(account, session, part);
  const view: FormView = { account, session, errors: {}, form };
  if (part === "card") return saveCard(view);
  if (part === "details") return saveDetails(view);
  if (!["cancel", "confirm", "keep"].includes(part)) throw new ApiError(405, "There is nothing to send here.");
  const subscription = subscriptionOf(call, session);
  if (part === "cancel") return cancel(view, subscription);
  if (part === "keep") {
    ask(account, "POST /v1/subscriptions/{id}", [subscription.id], { cancel_at_period_end: false });
    return done(session);
  }
  const change = changeOf(session, form, subscription, account.clock.now());
  try {
    const intent = makeChange(account, session, subscription, change);
    return intent === null ? done(session) : redirect(`/pay/challenges/${intent}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return confirmOrSay({ ...view, errors: { form: error.message } }, subscription, change);
  }
}

function cancel({ account, session, form }: FormView, { id }: Subscription): PageAnswer {
  const { mode, cancellation_reason: reason } = featuresOf(account, session).subscription_cancel;
  const [feedback, comment] = [typed(form, "feedback"), typed(form, "comment").slice(0, 500)];
  if (feedback !== "" && !reason.options.some((each) => each === feedback))
    throw invalid("No such reason.", "feedback");
  const details = {
    ...(reason.enabled && feedback !== "" ? { feedback } : {}),
    ...(reason.enabled && comment !== "" ? { comment } : {}),
  };
  const told = Object.keys(details).length === 0 ? {} : { cancellation_details: details };
  if (mode === "immediately") ask(account, "DELETE /v1/subscriptions/{id}", [id], told);
  else ask(account, "POST /v1/subscriptions/{id}", [id], { cancel_at_period_end: true, ...told });
  return done(session);
}

/** Assumed: the card is from then on the customer's, and that of each living subscription which has one of its own. */
function saveCard(view: FormView): PageAnswer {
  const { account, session, form } = view;
  const { number, errors } = readCard(form, account.clock.now());
  if (Object.keys(errors).length > 0) return cardForm({ ...view, errors });
  try {
    account.atomically(() => {
      const method = attachedCard(account, number, session.customer);
      const settings = { invoice_settings: { default_payment_method: method } };
      ask(account, "POST /v1/customers/{id}", [session.customer], settings);
      for (const each of account.store.all("subscription")) {
        const isTheirs = each.customer === session.customer && !hasEnded(each) && each.status !== "incomplete";
        if (!isTheirs || each.default_payment_method === null) continue;
        ask(account, "POST /v1/subscriptions/{id}", [each.id], { default_payment_method: method });
      }
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return cardForm({ ...view, errors: cardErrors(error) });
  }
  return done(session);
}

function saveDetails(view: FormView): PageAnswer {
  const { account, session, form } = view;
  const { id } = customerNamed(account, session.customer);
  const { allowed_updates: allowed } = featuresOf(account, session).customer_update;
  const may = (word: string) => allowed.some((each) => each === word);
  const { address, errors: wrongAddress } = readAddress(form, true);
  const errors: Errors = {
    ...(may("email") ? emailProblem(typed(form, "email")) : {}),
    ...(may("address") ? wrongAddress : {}),
  };
  if (Object.keys(errors).length > 0) return detailsForm({ ...view, errors });
  const changes = {
    ...(may("email") ? { email: typed(form, "email") } : {}),
    ...(may("name") ? { name: typed(form, "name") } : {}),
    ...(may("address") && address !== null ? { address } : {}),
  };
  try {
    account.atomically(() => {
      ask(account, "POST /v1/customers/{id}", [id], changes);
      const value = may("tax_id") ? typed(form, "tax_id") : "";
      const isKnown = taxIdsShown(account, id).some((each) => each.value === value);
      if (value !== "" && !isKnown) addTaxId(account, id, typed(form, "tax_id_type"), value);
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return detailsForm({ ...view, errors: { tax_id: error.message } });
  }
  return done(session);
}

export const PORTAL_PAGES: Pages = { path: "/pay/portal", kind: "billing_portal.session", show, submit };
