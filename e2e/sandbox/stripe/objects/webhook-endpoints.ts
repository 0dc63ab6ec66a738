import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";

type Endpoint = Kinds["webhook_endpoint"];

function endpointNamed(account: Account, id: string): Endpoint {
  const endpoint = account.store.get("webhook_endpoint", id);
  if (endpoint === undefined) throw missing("webhook endpoint", id);
  return endpoint;
}

/** Documented: the secret is shown when the endpoint is created, and never again. */
function withoutSecret({ secret: _, ...endpoint }: Endpoint): Omit<Endpoint, "secret"> {
  return endpoint;
}

/** What the sandbox says is made up, so it says it to this machine only. */
function localUrl(url: string): string {
  const isLocal = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  if (!isLocal || !/^(127\.0\.0\.1|localhost|\[::1\])$/.test(new URL(url).hostname)) {
    throw invalid("Invalid URL: the local billing sandbox tells endpoints on this machine only.", "url", "url_invalid");
  }
  return url;
}

function create({ account, params }: Call<Stripe.WebhookEndpointCreateParams>): Endpoint {
  refuseUnbuilt(params, ["enabled_events", "url", "api_version", "description", "metadata"]);
  const endpoint: Endpoint = {
    ...{ id: newId("we"), object: "webhook_endpoint", api_version: params.api_version ?? null, application: null },
    ...{ created: account.clock.now(), description: params.description ?? null, livemode: false },
    ...{ enabled_events: params.enabled_events, metadata: mergedMetadata(params.metadata) },
    ...{ secret: newId("whsec", 32), status: "enabled", url: localUrl(params.url) },
  };
  account.store.put("webhook_endpoint", endpoint);
  return endpoint;
}

function update(call: Call<Stripe.WebhookEndpointUpdateParams>): object {
  const { account, params } = call;
  const before = endpointNamed(account, idOf(call));
  const after: Endpoint = {
    ...before,
    description: params.description === undefined ? before.description : params.description || null,
    ...{ enabled_events: params.enabled_events ?? before.enabled_events },
    ...{ metadata: mergedMetadata(params.metadata, before.metadata) },
    status: params.disabled === undefined ? before.status : params.disabled ? "disabled" : "enabled",
    url: params.url === undefined ? before.url : localUrl(params.url),
  };
  account.store.put("webhook_endpoint", after);
  return withoutSecret(after);
}

function remove(call: Call<unknown>): Stripe.DeletedWebhookEndpoint {
  const { id } = endpointNamed(call.account, idOf(call));
  call.account.store.remove("webhook_endpoint", id);
  return { id, object: "webhook_endpoint", deleted: true };
}

export const WEBHOOK_ENDPOINTS = [
  route("POST /v1/webhook_endpoints", create),
  route("GET /v1/webhook_endpoints", ({ account, params, url }: Call<Stripe.WebhookEndpointListParams>) =>
    pageOf(account.store.all("webhook_endpoint").map(withoutSecret), params, url, "webhook endpoint"),
  ),
  route("GET /v1/webhook_endpoints/{id}", (call) => withoutSecret(endpointNamed(call.account, idOf(call)))),
  route("POST /v1/webhook_endpoints/{id}", update),
  route("DELETE /v1/webhook_endpoints/{id}", remove),
];
