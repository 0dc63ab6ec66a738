import type { ReactNode } from "react";
import { Brand } from "@/app/_shared/brand";
import { readerZone } from "@/app/_shared/reader";
import { AccountMenu } from "@/app/_shared/shell/account-menu";
import bar from "@/app/_shared/shell/bar.module.css";
import { Bell } from "@/app/_shared/shell/bell";
import { Keyboard } from "@/app/_shared/shell/keyboard";
import { PlaceNav } from "@/app/_shared/shell/place-nav";
import { SchemeToggle } from "@/app/_shared/shell/scheme-toggle";
import { TenantMenu } from "@/app/_shared/shell/tenant-menu";
import { reader } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import classes from "./layout.module.css";

interface Props {
  params: Promise<{ tenant: string }>;
  children: ReactNode;
}

export default async function TenantLayout({ params, children }: Props) {
  const { tenant } = await params;
  const { own, here } = await enterTenant(tenant);
  const [person, zone] = await Promise.all([reader(), readerZone()]);
  return (
    <div className={classes.frame}>
      <header className={bar.bar}>
        <a href={`/t/${tenant}/switchboard`} className={bar.brand} aria-label="Conductor, Switchboard">
          <Brand />
        </a>
        <TenantMenu here={here} own={own} />
        <div className={bar.tools}>
          <Keyboard tenant={tenant} tenants={own.map(({ slug, name }) => ({ slug, name }))} />
          <Bell tenant={tenant} zone={zone} />
          <SchemeToggle />
          {person === null ? null : <AccountMenu email={person.email} name={person.name} />}
        </div>
      </header>
      <PlaceNav tenant={tenant} />
      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </div>
  );
}
