import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { ApiError, invalid, missing } from "../http/errors";
import { type Call, route } from "../http/route";
import { customerNamed } from "./living-customer";
import { portalConfigurationNamed } from "./portal-configurations";
import { hasEnded } from "./subscription-end";

type Session = Kinds["billing_portal.session"];
type Features = Kinds["billing_portal.configuration"]["features"];
type Flow = NonNullable<Session["flow"]>;
type Params = Stripe.BillingPortal.SessionCreateParams;

// Documented: a session that is not used ends after five minutes, one that is an hour after it was last used.
const UNUSED_SECONDS = 5 * 60;
const IDLE_SECONDS = 60 * 60;

/** A portal session that can be used, kept alive by this use; null when it has ended. */
export function visitPortal(account: Account, id: string): Session | null {
  const { store, clock } = account;
  const session = store.get("billing_portal.session", id);
  if (session === undefined) throw missing("portal session", id);
  const seenAt = store.get("portal_visit", id)?.seenAt;
  const end = seenAt === undefined ? session.created + UNUSED_SECONDS : seenAt + IDLE_SECONDS;
  if (clock.now() >= end || store.get("customer", session.customer) === undefined) return null;
  store.put("portal_visit", { id, object: "portal_visit", seenAt: clock.now() });
  return session;
}

/** What the configuration of a session allows. */
export function featuresOf(account: Account, session: Session): Features {
  return portalConfigurationNamed(account, idIn(session.configuration)).features;
}

function create({ account, params }: Call<Params>): Session {
  refuseUnbuilt(params, ["configuration", "customer", "flow_data", "locale", "return_url"]);
  const { id: customer } = customerNamed(account, params.customer ?? "", "customer");
  if (params.configuration === undefined) {
    // Documented: without one, the default is taken, which only a person can make.
    const message = "No configuration provided and your test mode default configuration has not been created.";
    throw invalid(message, "configuration");
  }
  const configuration = portalConfigurationNamed(account, params.configuration, "configuration");
  if (!configuration.active) throw invalid("This configuration is not active.", "configuration");
  const returnUrl = params.return_url ?? configuration.default_return_url;
  if (returnUrl !== null && !URL.canParse(returnUrl)) throw invalid("Invalid URL.", "return_url", "url_invalid");
  const flow =
    params.flow_data === undefined ? null : flowOf(account, configuration.features, params.flow_data, customer);
  const id = newId("bps");
  const session: Session = {
    ...{ id, object: "billing_portal.session", configuration: configuration.id, created: account.clock.now() },
    ...{ customer, customer_account: null, flow, livemode: false, locale: params.locale ?? null, on_behalf_of: null },
    ...{ return_url: returnUrl, url: `${account.pages}/pay/portal/${id}` },
  };
  account.store.put("billing_portal.session", session);
  account.emit("billing_portal.session.created", session);
  return session;
}

type FlowData = NonNullable<Params["flow_data"]>;

function flowOf(account: Account, features: Features, data: FlowData, customer: string): Flow {
  refuseUnbuilt(data, [
    "after_completion",
    "subscription_cancel",
    "subscription_update",
    "subscription_update_confirm",
    "type",
  ]);
  const flow: Flow = {
    after_completion: {
      hosted_confirmation: data.after_completion?.hosted_confirmation
        ? { custom_message: data.after_completion.hosted_confirmation.custom_message ?? null }
        : null,
      redirect: data.after_completion?.redirect ?? null,
      type: data.after_completion?.type ?? "portal_homepage",
    },
    ...{ customer_update: null, subscription_cancel: null, subscription_pause: null, subscription_update: null },
    ...{ subscription_update_confirm: null, type: data.type },
  };
  const named = (which: { subscription: string } | undefined) => {
    const param = `flow_data[${data.type}][subscription]`;
    if (which === undefined) throw invalid(`Missing required param: ${param}.`, param, "parameter_missing");
    return livingOf(account, customer, which.subscription, param).id;
  };
  const needs = (isEnabled: boolean) => {
    if (!isEnabled)
      throw new ApiError(400, `The configuration does not allow ${data.type}.`, { param: "flow_data[type]" });
  };
  switch (data.type) {
    case "payment_method_update":
      needs(features.payment_method_update.enabled);
      return flow;
    case "subscription_cancel":
      needs(features.subscription_cancel.enabled);
      refuseUnbuilt(data.subscription_cancel ?? {}, ["subscription"]);
      return { ...flow, subscription_cancel: { retention: null, subscription: named(data.subscription_cancel) } };
    case "subscription_update":
      needs(features.subscription_update.enabled);
      return { ...flow, subscription_update: { subscription: named(data.subscription_update) } };
    case "subscription_update_confirm": {
      needs(features.subscription_update.enabled);
      const asked = data.subscription_update_confirm;
      refuseUnbuilt(asked ?? {}, ["items", "subscription"]);
      const [item, ...others] = asked?.items ?? [];
      if (item === undefined || others.length > 0) {
        throw invalid("One item is confirmed at a time.", "flow_data[subscription_update_confirm][items]");
      }
      const { id, price = null, quantity } = item;
      const items = [{ id, price, ...(quantity === undefined ? {} : { quantity }) }];
      return { ...flow, subscription_update_confirm: { discounts: null, items, subscription: named(asked) } };
    }
    default:
      throw invalid(`The local billing sandbox does not implement ${data.type} here yet.`, "flow_data[type]");
  }
}

/** A subscription of a customer that has not ended; another's is not found. */
export function livingOf(account: Account, customer: string, id: string, param = "id"): Kinds["subscription"] {
  const subscription = account.store.get("subscription", id);
  if (subscription?.customer !== customer || hasEnded(subscription)) throw missing("subscription", id, param);
  return subscription;
}

export const PORTAL_SESSIONS = [route("POST /v1/billing_portal/sessions", create)];
