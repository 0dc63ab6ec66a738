"use client";

import { Bell as BellIcon } from "lucide-react";
import { Moment } from "../moment";
import bar from "./bar.module.css";
import classes from "./bell.module.css";
import type { Told } from "./use-news";

interface Props {
  told: readonly Told[];
  zone: string;
  markAll: () => Promise<void>;
}

/** What the reader was told lately. */
export function Bell({ told, zone, markAll }: Props) {
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
          <p className={classes.none}>
            Nothing yet. Reviews and approvals that wait for you, and runs that failed, are told here.
          </p>
        ) : (
          <ul className={classes.list} aria-label="Notifications">
            {told.map(({ id, title, href, runbook, createdAt, readAt }) => (
              <li key={id}>
                <a className={bar.item} href={href} data-unread={readAt === null || undefined}>
                  <span>
                    {readAt === null ? <strong>{title}</strong> : title}
                    <span className={classes.when}>
                      <Moment at={createdAt} zone={zone} />
                    </span>
                  </span>
                </a>
                {runbook === null ? null : (
                  <a className={classes.runbook} href={runbook}>
                    Runbook<span className="visually-hidden"> for: {title}</span>
                  </a>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
