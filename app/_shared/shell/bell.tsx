"use client";

import { Bell as BellIcon } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { Moment } from "../moment";
import bar from "./bar.module.css";
import classes from "./bell.module.css";

interface Told {
  id: string;
  title: string;
  href: string;
  createdAt: string;
  readAt: string | null;
}

const SHOWN = 12;
const ASK_EVERY_MS = 30_000;

const clientOf = async (tenant: string) => (await import("@/app/_trpc/plain-client")).plainClient(tenant);

/** What the reader was told lately. Asked for after the page is there; when that fails, what was known stays. */
export function Bell({ tenant, zone }: { tenant: string; zone: string }) {
  const [told, setTold] = useState<readonly Told[]>([]);
  const refresh = useCallback(async () => {
    const client = await clientOf(tenant);
    const page = await client.notifications.list.query({ limit: SHOWN }).catch(() => null);
    if (page !== null) setTold(page.rows);
  }, [tenant]);
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void refresh();
    }, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  const markAll = async () => {
    await (await clientOf(tenant)).notifications.markRead.mutate({}).catch(() => null);
    await refresh();
  };

  const unread = told.filter(({ readAt }) => readAt === null).length;
  return (
    <>
      <button
        type="button"
        className={bar.iconButton}
        popoverTarget="notifications"
        aria-label={unread === 0 ? "Notifications" : `Notifications: ${unread} unread`}
      >
        <BellIcon size={17} aria-hidden="true" />
        {unread === 0 ? null : <span className={classes.count}>{unread}</span>}
      </button>
      <div id="notifications" popover="auto" className={bar.menu}>
        <div className={classes.head}>
          <strong>Notifications</strong>
          {unread === 0 ? null : (
            <button type="button" className={classes.mark} onClick={() => void markAll()}>
              Mark all as read
            </button>
          )}
        </div>
        {told.length === 0 ? (
          <p className={classes.none}>Nothing yet. Reviews that wait for you and runs that failed are told here.</p>
        ) : (
          <ul className={classes.list} aria-label="Notifications">
            {told.map(({ id, title, href, createdAt, readAt }) => (
              <li key={id}>
                <a className={bar.item} href={href} data-unread={readAt === null || undefined}>
                  <span>
                    {readAt === null ? <strong>{title}</strong> : title}
                    <span className={classes.when}>
                      <Moment at={createdAt} zone={zone} />
                    </span>
                  </span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
