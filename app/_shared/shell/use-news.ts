"use client";

import { useCallback, useEffect, useState } from "react";
import { CHANGED } from "../changed";

export interface Told {
  id: string;
  title: string;
  href: string;
  createdAt: string;
  readAt: string | null;
}

export interface News {
  /** What the reader was told lately, newest first. */
  told: readonly Told[];
  /** Approvals that wait for the reader; a hundred stands for more. */
  approvals: number;
}

const SHOWN = 12;
const ASK_EVERY_MS = 30_000;

const clientOf = async (tenant: string) => (await import("@/app/_trpc/plain-client")).plainClient(tenant);

/**
 * What the shell tells beside the page. Asked for after the page is there, in one request, every half minute and after
 * each change; when that fails, what was known stays.
 */
export function useNews(tenant: string): News & { markAll: () => Promise<void> } {
  const [news, setNews] = useState<News>({ told: [], approvals: 0 });
  const refresh = useCallback(async () => {
    const client = await clientOf(tenant);
    const [page, count] = await Promise.all([
      client.notifications.list.query({ limit: SHOWN }).catch(() => null),
      client.approvals.count.query({}).catch(() => null),
    ]);
    setNews((before) => ({
      told: page?.rows ?? before.told,
      approvals: count?.waiting ?? before.approvals,
    }));
  }, [tenant]);
  useEffect(() => {
    const ask = () => void refresh();
    ask();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") ask();
    }, ASK_EVERY_MS);
    window.addEventListener(CHANGED, ask);
    return () => {
      clearInterval(timer);
      window.removeEventListener(CHANGED, ask);
    };
  }, [refresh]);
  const markAll = async () => {
    await (await clientOf(tenant)).notifications.markRead.mutate({}).catch(() => null);
    await refresh();
  };
  return { ...news, markAll };
}
