import type { Metadata } from "next";
import { holdActions } from "@/app/_shared/holds/hold-rights";
import { readerZone } from "@/app/_shared/reader";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import type { Board } from "./_components/board";
import { SwitchboardView } from "./_components/switchboard-view";

export const metadata: Metadata = { title: "Switchboard" };

export default async function SwitchboardPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const api = await tenantApi(tenant);
  const [board, { here }, zone] = await Promise.all([load(api.switchboard.get({})), enterTenant(tenant), readerZone()]);
  // As one text: an object would be walked value by value, here and where the page is drawn, on each of many requests.
  return (
    <SwitchboardView
      tenant={{ slug: tenant, name: here.name }}
      boardJson={JSON.stringify(board satisfies Board)}
      may={holdActions(here)}
      zone={zone}
    />
  );
}
