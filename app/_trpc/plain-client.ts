import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "@/server/trpc/root";

/**
 * The procedures of a tenant without React around them, for what the shell loads after the page: import this file
 * lazily, as most pages are read without it.
 */
export function plainClient(tenant: string): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `/api/trpc/${tenant}`, methodOverride: "POST" })],
  });
}
