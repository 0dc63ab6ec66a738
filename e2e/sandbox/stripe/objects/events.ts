import type Stripe from "stripe";
import type { Account } from "../account/account";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { isWithin, pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";

// Documented: events can be read for 30 days.
const KEPT_SECONDS = 30 * 24 * 60 * 60;

function readable({ store, clock }: Account): Kinds["event"][] {
  return store.all("event").filter(({ created }) => clock.now() - created <= KEPT_SECONDS);
}

function retrieve(call: Call<unknown>): Kinds["event"] {
  const id = idOf(call);
  const event = readable(call.account).find((each) => each.id === id);
  if (event === undefined) throw missing("event", id);
  return event;
}

/** `customer.*` means all that begin so. */
function isOfType(event: Kinds["event"], wanted: string): boolean {
  return wanted.endsWith("*") ? event.type.startsWith(wanted.slice(0, -1)) : event.type === wanted;
}

function list({ account, params, url }: Call<Stripe.EventListParams>): object {
  refuseUnbuilt(params, ["created", "type", "types", "limit", "starting_after", "ending_before"]);
  const { type, types, created } = params;
  if (type !== undefined && types !== undefined) {
    throw invalid("You may only specify one of these parameters: type, types.", "types");
  }
  const wanted = types ?? (type === undefined ? ["*"] : [type]);
  const rows = readable(account).filter(
    (event) => wanted.some((each) => isOfType(event, each)) && isWithin(event.created, created),
  );
  return pageOf(rows, params, url, "event");
}

export const EVENTS = [route("GET /v1/events", list), route("GET /v1/events/{id}", retrieve)];
