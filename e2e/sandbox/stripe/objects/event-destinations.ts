import { randomBytes } from "node:crypto";
import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { type Call, idOf, route } from "../http/route";

type Destination = Kinds["v2.core.event_destination"];

function destinationNamed({ store }: Account, id: string): Destination {
  const destination = store.get("v2.core.event_destination", id);
  if (destination === undefined) throw missing("event destination", id);
  return destination;
}

/** Documented: what is secret, and the address, is shown only when asked. */
function shown(destination: Destination, include: readonly string[] = []): Destination {
  const { url, signing_secret } = destination.webhook_endpoint ?? {};
  const webhook_endpoint = {
    ...(include.includes("webhook_endpoint.url") && url !== undefined ? { url } : {}),
    ...(include.includes("webhook_endpoint.signing_secret") && signing_secret !== undefined ? { signing_secret } : {}),
  };
  return { ...destination, webhook_endpoint };
}

const BUILT = ["description", "enabled_events", "event_payload", "include", "name", "type", "webhook_endpoint"];

/** Thin events go to a destination of their own. */
function create({ account, params }: Call<Stripe.V2.Core.EventDestinationCreateParams>): Destination {
  refuseUnbuilt(params, BUILT);
  const { enabled_events, event_payload, name, type, webhook_endpoint, description = "" } = params;
  if (type !== "webhook_endpoint" || webhook_endpoint === undefined || event_payload !== "thin") {
    throw invalid("The local billing sandbox sends thin events to webhook endpoints only.", "type");
  }
  const created = new Date(account.clock.now() * 1000).toISOString();
  const destination: Destination = {
    ...{ id: newId("ed_test"), object: "v2.core.event_destination", created, updated: created, description },
    ...{ enabled_events, event_payload, livemode: false, name, status: "enabled", type },
    webhook_endpoint: { url: webhook_endpoint.url, signing_secret: `whsec_${randomBytes(24).toString("base64url")}` },
  };
  account.store.put("v2.core.event_destination", destination);
  return shown(destination, params.include);
}

function remove(call: Call<unknown>): object {
  const { id } = destinationNamed(call.account, idOf(call));
  call.account.store.remove("v2.core.event_destination", id);
  return { id, object: "v2.core.event_destination" };
}

function retrieveEvent(call: Call<unknown>): object {
  const event = call.account.store.get("v2.core.event", idOf(call));
  if (event === undefined) throw missing("event", idOf(call));
  return event;
}

export const EVENT_DESTINATIONS = [
  route("POST /v2/core/event_destinations", create),
  route("GET /v2/core/event_destinations/{id}", (call: Call<Stripe.V2.Core.EventDestinationRetrieveParams>) =>
    shown(destinationNamed(call.account, idOf(call)), call.params.include),
  ),
  route("DELETE /v2/core/event_destinations/{id}", remove),
  route("GET /v2/core/events/{id}", retrieveEvent),
];
