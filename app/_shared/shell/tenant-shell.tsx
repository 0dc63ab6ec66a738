"use client";

import { BookOpen } from "lucide-react";
import type { ReactNode } from "react";
import { Brand } from "../brand";
import { AccountMenu } from "./account-menu";
import bar from "./bar.module.css";
import { Bell } from "./bell";
import { Keyboard } from "./keyboard";
import { PlaceNav } from "./place-nav";
import { SchemeToggle } from "./scheme-toggle";
import { TenantMenu, type TenantName } from "./tenant-menu";
import classes from "./tenant-shell.module.css";
import { useNews } from "./use-news";

interface Props {
  here: TenantName;
  own: readonly TenantName[];
  person: { email: string; name: string | null } | null;
  zone: string;
  children: ReactNode;
}

/** What stands around every page of a tenant. One part for the browser, as each costs every answer some time. */
export function TenantShell({ here, own, person, zone, children }: Props) {
  const { told, approvals, locked, markAll } = useNews(here.slug);
  return (
    <div className={classes.frame}>
      <header className={bar.bar}>
        <a href={`/t/${here.slug}/switchboard`} className={bar.brand} aria-label="Conductor, Switchboard">
          <Brand />
        </a>
        <TenantMenu here={here} own={own} />
        <div className={bar.tools}>
          <Keyboard tenant={here.slug} tenants={own} />
          <Bell told={told} zone={zone} markAll={markAll} />
          <a href="/docs" className={bar.iconButton} data-wide aria-label="Guides" title="Guides">
            <BookOpen size={17} aria-hidden="true" />
          </a>
          <SchemeToggle />
          {person === null ? null : <AccountMenu email={person.email} name={person.name} />}
        </div>
      </header>
      <PlaceNav tenant={here.slug} waiting={{ approvals }} locked={locked} />
      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </div>
  );
}
