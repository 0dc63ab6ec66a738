import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { newId } from "@/server/kernel/ids";
import { env } from "@/server/platform/env";
import { securityHeaders } from "@/server/platform/security-headers";

/** False for an address with a broken percent-escape, on which Next's own matching of routes fails with a bare 500. */
function isReadable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/**
 * Gives every request its id and its nonce, and every answer its security headers. Guards nothing: authorisation stands
 * next to the data. Next reads the nonce for its own scripts from the policy on the request.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const requestId = newId("request");
  const answerHeaders = securityHeaders({
    nonce,
    isHttps: env().CONDUCTOR_PUBLIC_URL.startsWith("https://"),
    isDevelopment: process.env.NODE_ENV === "development",
  });

  const headers = new Headers(request.headers);
  // Overwritten, not kept: an id that a caller chose could forge a line in the log.
  headers.set("x-request-id", requestId);
  headers.set("x-nonce", nonce);
  headers.set("x-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set("content-security-policy", answerHeaders["content-security-policy"] ?? "");

  const response = isReadable(request.nextUrl.pathname)
    ? NextResponse.next({ request: { headers } })
    : new NextResponse("This address cannot be read: it holds a broken percent-escape.", { status: 400 });
  for (const [name, value] of Object.entries(answerHeaders)) response.headers.set(name, value);
  response.headers.set("x-request-id", requestId);
  response.headers.set("cache-control", "private, no-store");
  return response;
}

/** Everything but build output, whose names hold a hash of their content. */
export const config = { matcher: ["/((?!_next/static/|icon.svg$).*)"] };
