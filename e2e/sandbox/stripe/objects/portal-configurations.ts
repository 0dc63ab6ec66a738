import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { recurringPrice } from "./subscription-items";

type Configuration = Kinds["billing_portal.configuration"];
type Features = Configuration["features"];
type CreateParams = Stripe.BillingPortal.ConfigurationCreateParams;
type Asked = NonNullable<Stripe.BillingPortal.ConfigurationUpdateParams["features"]>;

/** The portal configuration behind an id; `param` says where the id was named. */
export function portalConfigurationNamed({ store }: Account, id: string, param = "id"): Configuration {
  const configuration = store.get("billing_portal.configuration", id);
  if (configuration === undefined) throw missing("configuration", id, param);
  return configuration;
}

/** Nothing is allowed until it is asked for; what is not named has the values that the SDK documents. */
const NOTHING: Features = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: [] },
    ...{ enabled: false, mode: "at_period_end", proration_behavior: "none" },
  },
  subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
  subscription_update: {
    ...{ billing_cycle_anchor: null, default_allowed_updates: [], enabled: false, products: [] },
    ...{ proration_behavior: "none", schedule_at_period_end: { conditions: [] }, trial_update_behavior: "end_trial" },
  },
};

const BUILT = ["business_profile", "default_return_url", "features", "metadata", "name"];

function create({ account, params }: Call<CreateParams>): Configuration {
  refuseUnbuilt(params, BUILT);
  const now = account.clock.now();
  const configuration: Configuration = {
    ...{ id: newId("bpc"), object: "billing_portal.configuration", active: true, application: null },
    business_profile: profileOf(params.business_profile),
    ...{ created: now, default_return_url: params.default_return_url || null },
    ...{ features: featuresOf(account, NOTHING, params.features), is_default: false, livemode: false },
    ...{ login_page: { enabled: false, url: null }, metadata: mergedMetadata(params.metadata) },
    ...{ name: params.name || null, updated: now },
  };
  account.store.put("billing_portal.configuration", configuration);
  account.emit("billing_portal.configuration.created", configuration);
  return configuration;
}

function profileOf(
  given: CreateParams["business_profile"],
  before: Configuration["business_profile"] = {
    ...{ headline: null, privacy_policy_url: null, terms_of_service_url: null },
  },
): Configuration["business_profile"] {
  const { headline, privacy_policy_url: privacy, terms_of_service_url: terms } = given ?? {};
  return {
    headline: headline === undefined ? before.headline : headline || null,
    privacy_policy_url: privacy === undefined ? before.privacy_policy_url : privacy || null,
    terms_of_service_url: terms === undefined ? before.terms_of_service_url : terms || null,
  };
}

function update(call: Call<Stripe.BillingPortal.ConfigurationUpdateParams>): Configuration {
  const { account, params } = call;
  refuseUnbuilt(params, [...BUILT, "active"]);
  const before = portalConfigurationNamed(account, idOf(call));
  const { active = before.active, default_return_url: url, name } = params;
  const changes: Partial<Configuration> = {
    ...{ active, features: featuresOf(account, before.features, params.features ?? {}) },
    business_profile: profileOf(params.business_profile as CreateParams["business_profile"], before.business_profile),
    default_return_url: url === undefined ? before.default_return_url : url || null,
    metadata: mergedMetadata(params.metadata, before.metadata),
    ...{ name: name === undefined ? before.name : name || null, updated: account.clock.now() },
  };
  return account.change("billing_portal.configuration", before, changes, "billing_portal.configuration.updated");
}

const UPDATES = ["address", "email", "name", "tax_id"];

/** The features after a request: what it does not name stays. */
function featuresOf(account: Account, before: Features, asked: Asked): Features {
  const { customer_update: customer, payment_method_update: method, subscription_cancel: cancel } = asked;
  if (asked.subscription_pause?.enabled === true) throw unbuilt("features[subscription_pause]");
  const reason = cancel?.cancellation_reason;
  const after: Features = {
    customer_update: {
      allowed_updates:
        customer?.allowed_updates === undefined
          ? before.customer_update.allowed_updates
          : customer.allowed_updates || [],
      enabled: customer?.enabled ?? before.customer_update.enabled,
    },
    invoice_history: asked.invoice_history ?? before.invoice_history,
    payment_method_update: {
      ...before.payment_method_update,
      enabled: method?.enabled ?? before.payment_method_update.enabled,
    },
    subscription_cancel: {
      ...before.subscription_cancel,
      ...(cancel?.enabled === undefined ? {} : { enabled: cancel.enabled }),
      ...(cancel?.mode === undefined ? {} : { mode: cancel.mode }),
      ...(cancel?.proration_behavior === undefined ? {} : { proration_behavior: cancel.proration_behavior }),
      ...(reason === undefined
        ? {}
        : { cancellation_reason: { enabled: reason.enabled, feedback_options: null, options: reason.options || [] } }),
    },
    subscription_pause: before.subscription_pause,
    subscription_update: updateOf(account, before.subscription_update, asked.subscription_update ?? {}),
  };
  const other = after.customer_update.allowed_updates.find((word) => !UPDATES.includes(word));
  if (other !== undefined) throw unbuilt("features[customer_update][allowed_updates]", other);
  if (after.subscription_cancel.proration_behavior !== "none") {
    throw unbuilt("features[subscription_cancel][proration_behavior]", after.subscription_cancel.proration_behavior);
  }
  return after;
}

/** Documented: at most 10 products, and an anchor that stays unless it is asked to be now. */
function updateOf(
  account: Account,
  before: Features["subscription_update"],
  asked: NonNullable<Asked["subscription_update"]>,
): Features["subscription_update"] {
  const { default_allowed_updates: allowed, products, schedule_at_period_end: schedule, ...plain } = asked;
  const param = "features[subscription_update]";
  if (plain.billing_cycle_anchor === "now") throw unbuilt(`${param}[billing_cycle_anchor]`, "now");
  const given = products === undefined ? null : products || [];
  if (given !== null && given.length > 10) throw invalid("At most 10 products.", `${param}[products]`);
  const after = {
    ...{ ...before, ...plain },
    ...(allowed === undefined ? {} : { default_allowed_updates: allowed || [] }),
    ...(schedule === undefined ? {} : { schedule_at_period_end: { conditions: schedule.conditions || [] } }),
    ...(given === null ? {} : { products: given.map((each, index) => productOf(account, each, index)) }),
  };
  if (after.default_allowed_updates.some((word) => word === "promotion_code")) {
    throw unbuilt(`${param}[default_allowed_updates]`, "promotion_code");
  }
  const isEmpty = after.default_allowed_updates.length === 0 || (after.products ?? []).length === 0;
  if (after.enabled && isEmpty) {
    throw invalid("What may be updated, and to what, must be said.", `${param}[products]`, "parameter_missing");
  }
  return after;
}

type Product = NonNullable<Features["subscription_update"]["products"]>[number];

function productOf(
  account: Account,
  asked: {
    adjustable_quantity?: { enabled: boolean; maximum?: number; minimum?: number };
    prices: string[];
    product: string;
  },
  index: number,
): Product {
  const { adjustable_quantity: quantity, prices, product } = asked;
  const param = `features[subscription_update][products][${index}][prices]`;
  for (const each of prices) {
    const price = recurringPrice(account, each, param);
    if (price.product !== product) throw invalid(`${each} is no price of ${product}.`, param);
  }
  const { enabled = false, maximum = null, minimum = 1 } = quantity ?? {};
  return { adjustable_quantity: { enabled, maximum, minimum }, prices, product };
}

function unbuilt(param: string, word = "it") {
  return invalid(`The local billing sandbox does not implement ${word} at ${param} yet.`, param);
}

function list({ account, params, url }: Call<Stripe.BillingPortal.ConfigurationListParams>): object {
  refuseUnbuilt(params, ["active", "is_default", "limit", "starting_after", "ending_before"]);
  const rows = account.store
    .all("billing_portal.configuration")
    .filter((each) => (params.active ?? each.active) === each.active && params.is_default !== true);
  return pageOf(rows, params, url, "configuration");
}

export const PORTAL_CONFIGURATIONS = [
  route("POST /v1/billing_portal/configurations", create),
  route("GET /v1/billing_portal/configurations", list),
  route("GET /v1/billing_portal/configurations/{id}", (call) => portalConfigurationNamed(call.account, idOf(call))),
  route("POST /v1/billing_portal/configurations/{id}", update),
];
