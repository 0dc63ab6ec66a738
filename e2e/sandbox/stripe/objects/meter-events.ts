import { randomUUID } from "node:crypto";
import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import { exactCents } from "../engine/decimals";
import { lateness } from "../engine/usage";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { type Call, route } from "../http/route";

const DAY = 24 * 60 * 60;

interface Reported {
  event_name: string;
  payload: Readonly<Record<string, string>>;
  identifier?: string;
}

/**
 * Takes a report of usage. Documented: an identifier is refused again for a day, and a time must lie within 35 days before and 5
 * minutes after; what else is wrong is told by an event later. Assumed: at once.
 */
function take(account: Account, reported: Reported, timestamp: number): { identifier: string } {
  const { store } = account;
  const now = account.clock.now();
  const identifier = reported.identifier ?? randomUUID();
  const before = store.get("meter_identifier", identifier);
  if (before !== undefined && now - before.received < DAY) {
    throw invalid(`An event already exists with identifier ${identifier}.`, "identifier");
  }
  const time = lateness(timestamp, now);
  if (time === "too-late")
    throw invalid("The timestamp must be within the past 35 days.", "timestamp", "timestamp_too_far_in_past");
  if (time === "too-early")
    throw invalid("The timestamp must be at most 5 minutes in the future.", "timestamp", "timestamp_in_future");
  store.put("meter_identifier", { id: identifier, object: "meter_identifier", received: now });
  const meters = store.all("billing.meter").filter(({ event_name }) => event_name === reported.event_name);
  const meter = meters.find(({ status }) => status === "active") ?? meters[0];
  if (meter === undefined) {
    tell(account, null, "no_meter", identifier, `No meter has the event name ${reported.event_name}.`);
    return { identifier };
  }
  const customer = reported.payload[meter.customer_mapping.event_payload_key];
  const value = valueOf(reported.payload[meter.value_settings.event_payload_key], meter.default_aggregation.formula);
  if (meter.status !== "active") tell(account, meter.id, "archived_meter", identifier, "The meter is inactive.");
  else if (customer === undefined) {
    tell(account, meter.id, "meter_event_no_customer_defined", identifier, "The payload names no customer.");
  } else if (store.get("customer", customer) === undefined) {
    tell(account, meter.id, "meter_event_customer_not_found", identifier, `No such customer: '${customer}'.`);
  } else if (value === null)
    tell(account, meter.id, "meter_event_invalid_value", identifier, "The value is no number.");
  else {
    const event = { identifier, meter: meter.id, customer, value, timestamp, received: now, isCancelled: false };
    store.put("meter_event", { id: newId("mtrevt"), object: "meter_event", ...event });
  }
  return { identifier };
}

/** Null for what is no number of at most 12 decimals; a count needs no value. */
function valueOf(text: string | undefined, formula: string): bigint | null {
  try {
    return text === undefined && formula === "count" ? 0n : exactCents(text ?? "");
  } catch {
    return null;
  }
}

/** Tells of a report that could not be counted. */
function tell(account: Account, meter: string | null, code: string, identifier: string, message: string): void {
  const time = new Date(account.clock.now() * 1000).toISOString();
  const sample = { error_message: message, request: { identifier } };
  const data = {
    ...{ developer_message_summary: message, validation_start: time, validation_end: time },
    reason: { error_count: 1, error_types: [{ code, error_count: 1, sample_errors: [sample] }] },
  };
  if (meter === null) account.emitThin("v1.billing.meter.no_meter_found", data);
  else {
    const related = { id: meter, type: "billing.meter", url: `/v1/billing/meters/${meter}` };
    account.emitThin("v1.billing.meter.error_report_triggered", data, related);
  }
}

function create({ account, params }: Call<Stripe.Billing.MeterEventCreateParams>): Stripe.Billing.MeterEvent {
  refuseUnbuilt(params, ["event_name", "identifier", "payload", "timestamp"]);
  const now = account.clock.now();
  const { event_name, payload, timestamp = now } = params;
  const { identifier } = take(account, params, timestamp);
  return { object: "billing.meter_event", created: now, event_name, identifier, livemode: false, payload, timestamp };
}

function createV2({ account, params }: Call<Stripe.V2.Billing.MeterEventCreateParams>): object {
  const now = new Date(account.clock.now() * 1000).toISOString();
  const { event_name, payload, timestamp = now } = params;
  const seconds = Math.floor(Date.parse(timestamp) / 1000);
  if (Number.isNaN(seconds)) throw invalid(`Invalid timestamp: ${timestamp}`, "timestamp");
  const { identifier } = take(account, params, seconds);
  return {
    object: "v2.billing.meter_event",
    created: now,
    event_name,
    identifier,
    livemode: false,
    payload,
    timestamp,
  };
}

/** Documented: a report is cancelled by its identifier, within a day of its arrival. */
function cancel(account: Account, name: string, identifier: string | undefined): string {
  if (identifier === undefined)
    throw invalid("Missing required param: cancel[identifier].", "cancel[identifier]", "parameter_missing");
  const { store, clock } = account;
  const names = new Set(
    store
      .all("billing.meter")
      .filter((each) => each.event_name === name)
      .map(({ id }) => id),
  );
  const event = store.all("meter_event").find((each) => each.identifier === identifier && names.has(each.meter));
  if (event === undefined) throw missing("billing meter event", identifier, "cancel[identifier]");
  if (clock.now() - event.received > DAY) {
    throw invalid("Events can only be cancelled within 24 hours of their arrival.", "cancel[identifier]");
  }
  if (event.isCancelled) throw invalid("This event is already cancelled.", "cancel[identifier]");
  store.put("meter_event", { ...event, isCancelled: true });
  return identifier;
}

function adjust({ account, params }: Call<Stripe.Billing.MeterEventAdjustmentCreateParams>): object {
  const identifier = cancel(account, params.event_name, params.cancel?.identifier);
  const told = { event_name: params.event_name, livemode: false, status: "pending", type: "cancel" };
  return { object: "billing.meter_event_adjustment", cancel: { identifier }, ...told };
}

function adjustV2({ account, params }: Call<Stripe.V2.Billing.MeterEventAdjustmentCreateParams>): object {
  const identifier = cancel(account, params.event_name, params.cancel.identifier);
  const created = new Date(account.clock.now() * 1000).toISOString();
  const told = { event_name: params.event_name, livemode: false, status: "pending", type: "cancel" };
  return {
    id: newId("mtrevtadj"),
    object: "v2.billing.meter_event_adjustment",
    cancel: { identifier },
    created,
    ...told,
  };
}

export const METER_EVENTS = [
  route("POST /v1/billing/meter_events", create),
  route("POST /v1/billing/meter_event_adjustments", adjust),
  route("POST /v2/billing/meter_events", createV2),
  route("POST /v2/billing/meter_event_adjustments", adjustV2),
];
