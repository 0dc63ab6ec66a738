import { redirect } from "next/navigation";

export default async function TenantPage({ params }: { params: Promise<{ tenant: string }> }) {
  redirect(`/t/${(await params).tenant}/switchboard`);
}
