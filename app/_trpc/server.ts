import { headers } from "next/headers";
import { cache } from "react";
import { unauthenticated } from "@/server/kernel/errors";
import { createCallerFactory, type RequestContext } from "@/server/trpc/init";
import { contextOf } from "@/server/trpc/request";
import { appRouter } from "@/server/trpc/root";

const createCaller = createCallerFactory(appRouter);

// Rendering a page takes nothing from an allowance: Next cannot answer 429 from within one, and what a page reads is
// what its reader may. Calls from browsers and scripts are limited one by one (server/trpc/http.ts).
const unlimited = { limit: async () => undefined };

/** Outside any tenant. Layout and page ask separately, within one request, and share the lookup of the session. */
const ownContext = cache(async (): Promise<RequestContext> => ({
  ...contextOf(await headers(), undefined),
  ...unlimited,
}));

const tenantContext = cache(async (tenant: string): Promise<RequestContext> => {
  return { ...contextOf(await headers(), tenant, await ownContext()), ...unlimited };
});

/** The procedures, called within this request, inside one tenant. */
export const tenantApi = cache(async (tenant: string) => createCaller(await tenantContext(tenant)));

/** The same, taken from the caller's allowance: for what a person may ask too often. */
export const limitedTenantApi = async (tenant: string) =>
  createCaller(contextOf(await headers(), tenant, await ownContext()));

/** The procedures that need no tenant. */
export const accountApi = cache(async () => createCaller(await ownContext()));

/** Who reads this page, or null when nobody is signed in. */
export async function reader(): Promise<{ email: string; name: string | null } | null> {
  const caller = await (await ownContext()).signedIn();
  return caller === null ? null : { email: caller.user.email, name: caller.user.name };
}

/** The tenants the reader may enter, by name; throws Unauthenticated when nobody is signed in. */
export async function readersTenants() {
  const caller = await (await ownContext()).signedIn();
  if (caller === null) throw unauthenticated();
  return caller.tenants;
}
