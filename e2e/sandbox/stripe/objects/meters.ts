import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { plainAmount } from "../engine/usage";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { customerNamed } from "./living-customer";
import { usedBetween } from "./usage-lines";

type Meter = Kinds["billing.meter"];

/** The meter behind an id; `param` says where the id was named. */
export function meterNamed({ store }: Account, id: string, param = "id"): Meter {
  const meter = store.get("billing.meter", id);
  if (meter === undefined) throw missing("billing meter", id, param);
  return meter;
}

const BUILT = ["customer_mapping", "default_aggregation", "display_name", "event_name", "value_settings"];

/** Assumed: an event name belongs to one active meter. */
function create({ account, params }: Call<Stripe.Billing.MeterCreateParams>): Meter {
  refuseUnbuilt(params, BUILT);
  const { event_name, display_name, default_aggregation, customer_mapping, value_settings } = params;
  refuseSecond(account, event_name);
  const now = account.clock.now();
  const meter: Meter = {
    ...{ id: newId("mtr_test"), object: "billing.meter", created: now, updated: now, livemode: false },
    customer_mapping: customer_mapping ?? { event_payload_key: "stripe_customer_id", type: "by_id" },
    ...{ default_aggregation, display_name, event_name, event_time_window: null, status: "active" },
    ...{ status_transitions: { deactivated_at: null } },
    value_settings: value_settings ?? { event_payload_key: "value" },
  };
  account.store.put("billing.meter", meter);
  account.emit("billing.meter.created", meter);
  return meter;
}

function refuseSecond({ store }: Account, name: string): void {
  const other = store.all("billing.meter").find((each) => each.event_name === name && each.status === "active");
  if (other !== undefined)
    throw invalid(`An active meter (\`${other.id}\`) already uses this event_name.`, "event_name");
}

function update(call: Call<Stripe.Billing.MeterUpdateParams>): Meter {
  const { account, params } = call;
  const before = meterNamed(account, idOf(call));
  const { display_name = before.display_name } = params;
  const changes = { display_name, updated: account.clock.now() };
  return display_name === before.display_name
    ? before
    : account.change("billing.meter", before, changes, "billing.meter.updated");
}

/** Documented: an inactive meter takes no events and is not attached to prices. */
function turn(status: "active" | "inactive") {
  return (call: Call<unknown>): Meter => {
    const { account } = call;
    const before = meterNamed(account, idOf(call));
    if (before.status === status) throw invalid(`This meter is already ${status}.`);
    if (status === "active") refuseSecond(account, before.event_name);
    const now = account.clock.now();
    const changes = {
      ...{ status, updated: now },
      status_transitions: { deactivated_at: status === "inactive" ? now : null },
    };
    const type = status === "active" ? "billing.meter.reactivated" : "billing.meter.deactivated";
    return account.change("billing.meter", before, changes, type);
  };
}

const MINUTE = 60;
const WINDOWS = new Map([
  ["hour", 60 * MINUTE],
  ["day", 24 * 60 * MINUTE],
]);

/** Documented: one summary, or one for each hour or day; times lie on minutes or on those. Assumed: newest first, without empty ones. */
function summaries(call: Call<Stripe.Billing.MeterListEventSummariesParams>): object {
  const { account, params, url } = call;
  const meter = meterNamed(account, idOf(call));
  const { start_time: start, end_time: end, value_grouping_window: window } = params;
  const customer = customerNamed(account, params.customer, "customer").id;
  const step = window === undefined ? MINUTE : (WINDOWS.get(window) ?? MINUTE);
  for (const [name, time] of [
    ["start_time", start],
    ["end_time", end],
  ] as const) {
    if (time % step !== 0) throw invalid(`${name} must be aligned with ${window ?? "minute"} boundaries.`, name);
  }
  if (end <= start) throw invalid("end_time must be after start_time.", "end_time");
  const length = window === undefined ? end - start : step;
  const rows = [];
  for (let from = start; from < end; from += length) {
    const { amount, count } = usedBetween(account, meter, customer, from, from + length);
    if (count === 0 && window !== undefined) continue;
    rows.unshift({
      ...{ id: `mtrusg_test_${meter.id.slice(-8)}_${from}`, object: "billing.meter_event_summary" as const },
      ...{ aggregated_value: plainAmount(amount), start_time: from, end_time: from + length },
      ...{ livemode: false, meter: meter.id },
    });
  }
  return pageOf(rows, params, url, "billing meter event summary");
}

function list({ account, params, url }: Call<Stripe.Billing.MeterListParams>): object {
  const rows = account.store.all("billing.meter").filter(({ status }) => (params.status ?? status) === status);
  return pageOf(rows, params, url, "billing meter");
}

export const METERS = [
  route("POST /v1/billing/meters", create),
  route("GET /v1/billing/meters", list),
  route("GET /v1/billing/meters/{id}", (call) => meterNamed(call.account, idOf(call))),
  route("POST /v1/billing/meters/{id}", update),
  route("POST /v1/billing/meters/{id}/deactivate", turn("inactive")),
  route("POST /v1/billing/meters/{id}/reactivate", turn("active")),
  route("GET /v1/billing/meters/{id}/event_summaries", summaries),
];
