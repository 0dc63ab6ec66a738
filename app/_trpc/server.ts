import { headers } from "next/headers";
import { cache } from "react";
import { createCallerFactory } from "@/server/trpc/init";
import { contextOf } from "@/server/trpc/request";
import { appRouter } from "@/server/trpc/root";

const createCaller = createCallerFactory(appRouter);

// Layout and page ask separately, within one request: they share the lookups of session and membership.
const requestContext = cache(async (tenant: string | undefined) => contextOf(await headers(), tenant));

const caller = cache(async (tenant: string | undefined) => {
  const context = await requestContext(tenant);
  // A page is one call of the reader's, however many procedures it is made of.
  let allowance: Promise<void> | undefined;
  return createCaller({ ...context, limit: (kind) => (allowance ??= context.limit(kind)) });
});

/** The procedures, called within this request, inside one tenant. */
export const tenantApi = (tenant: string) => caller(tenant);

/** The procedures that need no tenant. */
export const accountApi = () => caller(undefined);

/** Who reads this page, or null when nobody is signed in. */
export async function reader(): Promise<{ email: string; name: string | null } | null> {
  const user = await (await requestContext(undefined)).user();
  return user === null ? null : { email: user.user.email, name: user.user.name };
}
