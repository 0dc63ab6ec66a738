import { headers } from "next/headers";
import { cache } from "react";
import { createCallerFactory, type RequestContext } from "@/server/trpc/init";
import { contextOf } from "@/server/trpc/request";
import { appRouter } from "@/server/trpc/root";

const createCaller = createCallerFactory(appRouter);

/**
 * Outside any tenant. Layout and page ask separately, within one request: they share the lookup of the session, and
 * take one call of the reader's allowance together, however many procedures a page is made of.
 */
const ownContext = cache(async (): Promise<RequestContext> => {
  const context = contextOf(await headers(), undefined);
  let allowance: Promise<void> | undefined;
  return { ...context, limit: (kind) => (allowance ??= context.limit(kind)) };
});

const tenantContext = cache(async (tenant: string): Promise<RequestContext> => {
  const own = await ownContext();
  return { ...contextOf(await headers(), tenant, own.user), limit: own.limit };
});

/** The procedures, called within this request, inside one tenant. */
export const tenantApi = cache(async (tenant: string) => createCaller(await tenantContext(tenant)));

/** The procedures that need no tenant. */
export const accountApi = cache(async () => createCaller(await ownContext()));

/** Who reads this page, or null when nobody is signed in. */
export async function reader(): Promise<{ email: string; name: string | null } | null> {
  const user = await (await ownContext()).user();
  return user === null ? null : { email: user.user.email, name: user.user.name };
}
