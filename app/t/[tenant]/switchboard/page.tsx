import type { Metadata } from "next";
import { readerZone } from "@/app/_shared/reader";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import type { Board } from "./_components/board";
import { SwitchboardView } from "./_components/switchboard-view";

export const metadata: Metadata = { title: "Switchboard" };

export default async function SwitchboardPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const api = await tenantApi(tenant);
  const [board, zone] = await Promise.all([load(api.switchboard.get({})), readerZone()]);
  // As one text: an object would be walked value by value, here and where the page is drawn, on each of many requests.
  return <SwitchboardView tenant={tenant} boardJson={JSON.stringify(board satisfies Board)} zone={zone} />;
}
