"use client";

import { useCallback, useEffect, useState } from "react";
import { CHANGED } from "../changed";

export interface Told {
  id: string;
  title: string;
  href: string;
  /** What to do about it, where it is an alert. */
  runbook: string | null;
  createdAt: string;
  readAt: string | null;
}

export interface News {
  /** What the reader was told lately, newest first. */
  told: readonly Told[];
  /** Approvals that wait for the reader; a hundred stands for more. */
  approvals: number;
  /** Pages that are about what the tenant's plan does not have. */
  locked: readonly string[];
}

/** Pages all of whose features a tenant does not have. */
function lockedPages(features: readonly { page: string | null; closed: string | null }[]): string[] {
  const open = new Set(features.filter(({ closed }) => closed !== "not-in-plan").map(({ page }) => page));
  return features.flatMap(({ page }) => (page === null || open.has(page) ? [] : [page]));
}

const SHOWN = 12;
const ASK_EVERY_MS = 30_000;

const clientOf = async (tenant: string) => (await import("@/app/_trpc/plain-client")).plainClient(tenant);

/**
 * What the shell tells beside the page. Asked for after the page is there, in one request, every half minute and after
 * each change; when that fails, what was known stays.
 */
export function useNews(tenant: string): News & { markAll: () => Promise<void> } {
  const [news, setNews] = useState<News>({ told: [], approvals: 0, locked: [] });
  const refresh = useCallback(async () => {
    const client = await clientOf(tenant);
    const [page, count, features] = await Promise.all([
      client.notifications.list.query({ limit: SHOWN }).catch(() => null),
      client.approvals.count.query({}).catch(() => null),
      client.billing.features.query({}).catch(() => null),
    ]);
    setNews((before) => ({
      told: page?.rows ?? before.told,
      approvals: count?.waiting ?? before.approvals,
      locked: features === null ? before.locked : lockedPages(features),
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
