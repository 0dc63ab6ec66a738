import { randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { newId } from "@/server/kernel/ids";
import { type HeaderFacts, securityHeaders } from "./security-headers";
import { isShuttingDown, servedBy } from "./shutdown";

/** Build output and the icon: the same bytes for everybody, under names that hold a hash of their content. */
const STATIC = /^\/(_next\/static\/|icon\.svg)/;
/** Where an address goes that cannot be read; `app/api/unreadable` says so. */
const UNREADABLE = "/api/unreadable";

/** False for a broken percent-escape, on which Next's own matching of routes fails with a bare 500. */
function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** The address without the mark that Next puts on a request for a page's parts. */
function pageAddress(url: string): string {
  return url.replace(/([?&])_rsc=[^&]*&?/, "$1").replace(/[?&]$/, "");
}

// The last entry of X-Forwarded-For is who connected, as a proxy would write it. Next alone writes it only where the
// caller sent no such header, and so kept a forged one.
function withPeer(claimed: string | string[] | undefined, peer: string): string {
  return claimed === undefined ? peer : `${[claimed].flat().join(", ")}, ${peer}`;
}

function prepare(request: IncomingMessage, response: ServerResponse, facts: Omit<HeaderFacts, "nonce">): void {
  const url = request.url ?? "/";
  const { headers } = request;
  headers["x-forwarded-for"] = withPeer(headers["x-forwarded-for"], request.socket.remoteAddress ?? "unknown");
  if (STATIC.test(url)) return;

  // Overwritten, not kept: an id that a caller chose could forge a line in the log.
  const requestId = newId("request");
  const nonce = randomBytes(16).toString("base64");
  const answer = securityHeaders({ nonce, ...facts });
  headers["x-request-id"] = requestId;
  headers["x-nonce"] = nonce;
  headers["x-path"] = pageAddress(url);
  // Next takes the nonce of its own scripts from the policy on the request.
  headers["content-security-policy"] = answer["content-security-policy"];

  for (const [name, value] of Object.entries(answer)) response.setHeader(name, value);
  response.setHeader("x-request-id", requestId);
  response.setHeader("cache-control", "private, no-store");
  if (!isReadable(url.split("?", 1)[0] ?? "/")) request.url = UNREADABLE;
}

interface Started {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

/**
 * From now on, every request to this process has its id, its nonce and its peer's address before Next sees it, and every
 * answer its security headers; one that is shutting down keeps no connection. Guards nothing: authorisation stands next to the data.
 */
export function prepareRequests(facts: Omit<HeaderFacts, "nonce">): void {
  subscribe("http.server.request.start", (message) => {
    // The cast: Node's documentation gives this shape, its types do not (diagnostics_channel, built-in channels).
    const { request, response, server } = message as Started;
    servedBy(server);
    // Whoever keeps the connection would send the next request to a process that is gone.
    if (isShuttingDown()) response.setHeader("connection", "close");
    prepare(request, response, facts);
  });
}
