import { eq } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import { forbidden, invalid, notFound } from "@/server/kernel/errors";
import { emailSchema } from "@/server/kernel/schemas";
import { addressOf, cookieIn, isSameOrigin } from "@/server/platform/incoming";
import { parseInput } from "@/server/verb";
import { endSession } from "./end-session";
import { processAuthDeps } from "./handler";
import { limitDemoSignIn } from "./limit-sign-in";
import { type AuthDeps, isHttps } from "./options";
import { readForm } from "./read-form";
import { refusalAnswer } from "./refusal-answer";
import { sessionCookieName } from "./session";
import { sessionCookie } from "./session-cookie";
import { startSession } from "./start-session";

const demoSignInSchema = z.strictObject({ email: emailSchema });

async function answer({ call, env }: AuthDeps, request: Request): Promise<Response> {
  if (env.CONDUCTOR_MODE !== "demo") throw notFound("page");
  if (!request.headers.get("content-type")?.toLowerCase().startsWith("application/json"))
    throw invalid("The body must be application/json.");
  if (!isSameOrigin(request.headers, env.CONDUCTOR_PUBLIC_URL))
    throw forbidden("Calls are accepted from the product's own pages only.");
  const { email } = parseInput(demoSignInSchema, (await readForm(request)) as z.input<typeof demoSignInSchema>);
  await limitDemoSignIn(call, addressOf(request.headers, env.TRUSTED_PROXIES));
  const [user] = await withoutTenant(call, (tx) =>
    tx.select({ id: users.id }).from(users).where(eq(users.email, email)),
  );
  if (user === undefined) throw notFound("person in the demo");
  const before = cookieIn(request.headers, sessionCookieName(isHttps(env)));
  if (before !== undefined) await endSession(call, before);
  const started = await startSession(call, user.id, request.headers.get("user-agent"));
  const given = Response.json({ email, expiresAt: started.expires.toISOString() });
  given.headers.set("set-cookie", sessionCookie(started, isHttps(env)));
  return given;
}

/**
 * Signs in as any person of a demo, without proof: a real session, as the e-mailed link would start. In every other
 * mode there is no such page.
 */
export async function answerDemoSignIn(request: Request, deps = processAuthDeps(request)): Promise<Response> {
  const { requestId } = deps.call;
  const given = await answer(deps, request).catch((error: unknown) => refusalAnswer(error, requestId));
  given.headers.set("cache-control", "private, no-store");
  given.headers.set("x-request-id", requestId);
  return given;
}
