import { processDatabase } from "@/db/process-database";
import { systemClock } from "@/server/kernel/clock";
import { forbidden, invalid, notFound } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { emailSchema } from "@/server/kernel/schemas";
import { env } from "@/server/platform/env";
import { addressOf, cookieIn, isSameOrigin, requestIdOf } from "@/server/platform/incoming";
import { mailerOf } from "@/server/platform/mailer";
import { endSession } from "./end-session";
import { limitSignIn } from "./limit-sign-in";
import { type AuthRequest, callNextAuth } from "./next-auth";
import { type AuthDeps, authCookieNames, authOptions } from "./options";
import { ownAddress } from "./own-address";
import { readForm } from "./read-form";
import { refusalAnswer } from "./refusal-answer";

/** What next-auth is asked for, and by which method; its own pages, its log and its session updates are not served. */
const SERVED: Readonly<Record<"GET" | "POST", readonly string[]>> = {
  GET: ["csrf", "session", "providers", "signin", "callback", "verify-request", "error"],
  POST: ["signin", "signout"],
};

/** What this process signs people in with. */
export function processAuthDeps(request: Request): AuthDeps {
  const call = { database: processDatabase(), clock: systemClock, newId, requestId: requestIdOf(request.headers) };
  return { call, env: env(), mailer: mailerOf(call.database, env()) };
}

/** An e-mail request is checked before next-auth sees it: one plain address, not too often. */
async function checkForm(deps: AuthDeps, request: Request, segments: readonly string[]) {
  if (!isSameOrigin(request.headers, deps.env.CONDUCTOR_PUBLIC_URL))
    throw forbidden("Calls are accepted from the product's own pages only.");
  const form = await readForm(request);
  if (segments[0] !== "signin") return form;
  const address = addressOf(request.headers, deps.env.TRUSTED_PROXIES);
  if (segments[1] !== "email") {
    await limitSignIn(deps.call, { address });
    return form;
  }
  const email = emailSchema.safeParse(form.email);
  if (!email.success) throw invalid("Enter one e-mail address, such as ada@example.com.", { field: "email" });
  await limitSignIn(deps.call, { address, email: email.data });
  return { ...form, email: email.data };
}

/** Only addresses of our own are passed on as the place to go next. */
function withOwnCallback(deps: AuthDeps, fields: Record<string, string>): Record<string, string> {
  const { callbackUrl, ...rest } = fields;
  const own = callbackUrl === undefined ? null : ownAddress(callbackUrl, deps.env);
  return own === null ? rest : { ...rest, callbackUrl: own };
}

/** The cookies that next-auth knows, by exact name. */
function readCookies(deps: AuthDeps, headers: Headers, isSigningIn: boolean): Record<string, string> {
  const { sessionToken, callbackUrl, ...others } = authCookieNames(deps.env);
  const read = (name: string) => {
    try {
      return decodeURIComponent(cookieIn(headers, name) ?? "");
    } catch {
      return "";
    }
  };
  const destination = ownAddress(read(callbackUrl), deps.env);
  const found = Object.values(others).map((name) => [name, read(name)] as const);
  return {
    ...Object.fromEntries(found.filter(([, value]) => value !== "")),
    ...(read(callbackUrl) === "" || destination === null ? {} : { [callbackUrl]: destination }),
    // A sign-in stands by itself: with a session at hand next-auth would link the newcomer to whoever sat here before.
    ...(isSigningIn || read(sessionToken) === "" ? {} : { [sessionToken]: read(sessionToken) }),
  };
}

/** next-auth's words for what went wrong, or undefined when nothing did. */
function failureIn(url: URL, segments: readonly string[]): string | undefined {
  const isTold = segments[0] === "error" || (segments[0] === "signin" && url.searchParams.has("error"));
  if (!isTold) return undefined;
  const code = url.searchParams.get("error") ?? "";
  return /^[A-Za-z]{1,40}$/.test(code) ? code : "Default";
}

async function answer(deps: AuthDeps, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const segments = url.pathname.split("/").slice(3);
  const action = segments[0] ?? "";
  const { method, headers } = request;
  if ((method !== "GET" && method !== "POST") || !SERVED[method].includes(action)) throw notFound("page");
  const failure = method === "GET" ? failureIn(url, segments) : undefined;
  if (failure !== undefined)
    return new Response(null, { status: 302, headers: { location: `/sign-in/error?error=${failure}` } });

  const isSigningIn = action === "callback";
  const asked: AuthRequest = {
    ...{ method, segments },
    query: withOwnCallback(deps, Object.fromEntries(url.searchParams)),
    body: method === "POST" ? withOwnCallback(deps, await checkForm(deps, request, segments)) : undefined,
    cookies: readCookies(deps, headers, isSigningIn),
  };
  const given = await callNextAuth(deps.env.CONDUCTOR_PUBLIC_URL, asked, authOptions(deps, headers.get("user-agent")));
  const { sessionToken } = authCookieNames(deps.env);
  const before = cookieIn(headers, sessionToken);
  const hasNewSession = given.headers.getSetCookie().some((line) => line.startsWith(`${sessionToken}=`));
  if (isSigningIn && hasNewSession && before !== undefined) await endSession(deps.call, before);
  return given;
}

/** Answers everything under `/api/auth/`: next-auth, behind our own checks. Never cached. */
export async function answerAuth(request: Request, deps = processAuthDeps(request)): Promise<Response> {
  const { requestId } = deps.call;
  const given = await answer(deps, request).catch((error: unknown) => refusalAnswer(error, requestId));
  given.headers.set("cache-control", "private, no-store");
  given.headers.set("x-request-id", requestId);
  return given;
}
