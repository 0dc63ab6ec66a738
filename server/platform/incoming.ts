import { isIP } from "node:net";
import { isId, newId } from "@/server/kernel/ids";

/** The id that this request has from its start (request-start.ts); a new one where nothing gave it any. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get("x-request-id");
  return given !== null && isId("request", given) ? given : newId("request");
}

/** What one caller holds of the network: an IPv4 address, or the /64 that every IPv6 line is given (RFC 6177). */
function networkOf(address: string): string {
  const inner = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (inner !== undefined || isIP(address) !== 6) return inner ?? address;
  const [head = [], tail = []] = address.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0");
  const prefix = [...head, ...zeros, ...tail].slice(0, 4);
  return `${prefix.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

/**
 * The network that called, as our own side saw it; `unknown` when nobody said. The last entry of X-Forwarded-For is who
 * connected (request-start.ts), and each proxy of ours wrote the one before; whatever stands before those is a claim.
 */
export function addressOf(headers: Headers, trustedProxies: number): string {
  const entries = (headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  return networkOf(entries.at(-1 - trustedProxies) ?? entries[0] ?? "unknown");
}

/** The value of one cookie, as it was sent; undefined when it was not. */
export function cookieIn(headers: Headers, name: string): string | undefined {
  const prefix = `${name}=`;
  const pair = headers
    .get("cookie")
    ?.split(/;\s*/)
    .find((part) => part.startsWith(prefix));
  return pair?.slice(prefix.length);
}

/**
 * True unless a browser says that a foreign page sent this. Callers that are no browser send neither header, and hold
 * nobody's cookies. Host is compared too, as a demo answers on more names than its public one.
 */
export function isSameOrigin(headers: Headers, publicUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin");
  if (origin === null || origin === new URL(publicUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.get("host");
}

/** The most that the body of a call may weigh, in bytes, at whichever door it comes in. */
export const MAX_BODY_BYTES = 1_000_000;

/** Reads a request's body up to a number of bytes; null when it is longer, without reading the rest. */
export async function readCapped(request: Request, maxBytes: number): Promise<ArrayBuffer | null> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return null;
  if (request.body === null) return new ArrayBuffer(0);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body) {
    size += part.byteLength;
    if (size > maxBytes) return null;
    parts.push(part);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole.buffer;
}
