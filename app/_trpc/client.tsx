"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import type { AppRouter } from "@/server/trpc/root";

const { TRPCProvider, useTRPCClient } = createTRPCContext<AppRouter>();
export { useTRPCClient };

const Toaster = dynamic(() => import("@/app/_shared/toaster").then((module) => module.Toaster), { ssr: false });

/** As many as the server accepts in one request. */
const MAX_BATCH = 20;

/** Gives the browser the procedures of one tenant, or those outside any. Only pages that act need it. */
export function ApiProvider({ tenant = "me", children }: { tenant?: string; children: ReactNode }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 2_000 } } }));
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [httpBatchLink({ url: `/api/trpc/${tenant}`, maxItems: MAX_BATCH, methodOverride: "POST" })],
    }),
  );
  return (
    <QueryClientProvider client={queries}>
      <TRPCProvider trpcClient={client} queryClient={queries}>
        {children}
        <Toaster />
      </TRPCProvider>
    </QueryClientProvider>
  );
}
