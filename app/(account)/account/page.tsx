import type { Metadata } from "next";
import { PageHead, Panel } from "@/app/_shared/page";
import { readerZone } from "@/app/_shared/reader";
import { load } from "@/app/_trpc/load";
import { accountApi } from "@/app/_trpc/server";
import { ProfileForm } from "./_components/profile-form";
import { SessionsTable } from "./_components/sessions-table";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const api = await accountApi();
  const [profile, sessions, zone] = await Promise.all([
    load(api.accounts.profile({})),
    load(api.accounts.sessions({})),
    readerZone(),
  ]);
  return (
    <>
      <PageHead title="Account" about={`You are signed in as ${profile.email}.`} />
      <Panel title="Profile">
        <ProfileForm name={profile.name ?? ""} />
      </Panel>
      <Panel title="Sessions" isFlush>
        <SessionsTable rows={sessions} zone={zone} />
      </Panel>
    </>
  );
}
