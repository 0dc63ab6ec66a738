import type { Metadata } from "next";
import { hintOf } from "@/app/_shared/hints";
import { Facts, PageHead, Panel } from "@/app/_shared/page";
import { roleWords } from "@/app/_shared/role-words";
import { ApiProvider } from "@/app/_trpc/client";
import { enterTenant } from "@/app/_trpc/tenant";
import { RenameTenant } from "./_components/rename-tenant";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { here } = await enterTenant(tenant);
  const update = hintOf(here.roles, "tenant.update");
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Settings" about="What this tenant is called, and what you are in it." />
      <Panel title="Tenant">
        {update.may ? (
          <RenameTenant name={here.name} />
        ) : (
          <p>
            It is called {here.name}. Renaming it: {update.why}
          </p>
        )}
      </Panel>
      <Panel title="You here">
        <Facts
          rows={[
            ["Address", <code key="slug">/t/{here.slug}</code>],
            ["Your roles", roleWords(here.roles)],
          ]}
        />
      </Panel>
    </ApiProvider>
  );
}
