import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth, { type AuthOptions } from "next-auth";

/** A request as next-auth sees it: nothing but these parts reaches it, so no header can speak for host or origin. */
export interface AuthRequest {
  method: "GET" | "POST";
  /** The path after `/api/auth/`. */
  segments: string[];
  query: Readonly<Record<string, string>>;
  body: Readonly<Record<string, string>> | undefined;
  cookies: Readonly<Record<string, string>>;
}

/** Collects what next-auth does to a response, and turns it into one. */
function recorder() {
  const headers = new Map<string, string | string[]>();
  let code = 200;
  let content: string | null = null;
  const response = {
    status: (status: number) => {
      code = status;
      return response;
    },
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: string | string[]) => {
      headers.set(name.toLowerCase(), value);
      return response;
    },
    end: () => response,
    json: (body: unknown) => {
      headers.set("content-type", "application/json");
      content = JSON.stringify(body);
      return response;
    },
    send: (body: unknown) => (typeof body === "string" ? ((content = body), response) : response.json(body ?? {})),
  };
  const finish = (): Response => {
    const answer = new Response(content, { status: code });
    for (const [name, value] of headers)
      for (const line of [value].flat()) if (name !== "location") answer.headers.append(name, line);
    const location = headers.get("location");
    if (typeof location === "string") answer.headers.set("location", encodeURI(decodeURI(location)));
    return answer;
  };
  return { response, finish };
}

/**
 * Runs next-auth by its Pages API, whose request and response are plain objects. Its App Router entry reads headers and
 * cookies from Next itself, so it could not be called by a test, nor kept from trusting `X-Forwarded-Host`.
 */
export async function callNextAuth(publicUrl: string, request: AuthRequest, options: AuthOptions): Promise<Response> {
  // The one way to tell next-auth 4 its own address. It is read before the first await, so calls do not mix.
  // eslint-disable-next-line no-restricted-properties -- written, not read
  process.env.NEXTAUTH_URL = new URL("/api/auth", publicUrl).href;
  const { segments, query, ...rest } = request;
  const { response, finish } = recorder();
  // Both casts: next-auth uses no more of Next's objects than is here (next-auth/next/index.js, NextAuthApiHandler).
  const asNextRequest = { ...rest, headers: {}, query: { ...query, nextauth: segments } } as unknown as NextApiRequest;
  await NextAuth(asNextRequest, response as unknown as NextApiResponse, options);
  return finish();
}
