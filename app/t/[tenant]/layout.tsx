import type { ReactNode } from "react";
import { AuditorNotice } from "@/app/_shared/auditor-notice";
import { readerZone } from "@/app/_shared/reader";
import { RegionsProvider } from "@/app/_shared/regions";
import { TenantShell } from "@/app/_shared/shell/tenant-shell";
import { load } from "@/app/_trpc/load";
import { reader } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";

interface Props {
  params: Promise<{ tenant: string }>;
  children: ReactNode;
}

export default async function TenantLayout({ params, children }: Props) {
  const { own, here } = await enterTenant((await params).tenant);
  const [person, zone] = await Promise.all([load(reader()), readerZone()]);
  const nameOf = ({ slug, name }: typeof here) => ({ slug, name });
  return (
    <TenantShell here={nameOf(here)} own={own.map(nameOf)} person={person} zone={zone}>
      {here.auditorUntil === null ? null : <AuditorNotice until={here.auditorUntil} zone={zone} />}
      <RegionsProvider regions={here.regions}>{children}</RegionsProvider>
    </TenantShell>
  );
}
