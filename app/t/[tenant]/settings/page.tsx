import type { Metadata } from "next";
import { hintOf } from "@/app/_shared/hints";
import { HoldBanner } from "@/app/_shared/holds/hold-banner";
import { HoldButtons } from "@/app/_shared/holds/hold-buttons";
import { holdActions } from "@/app/_shared/holds/hold-rights";
import { Facts, PageHead, Panel } from "@/app/_shared/page";
import { roleWords } from "@/app/_shared/role-words";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { CLASS_WORDS, EXECUTION_CLASSES } from "@/server/workflows/domain/execution-class";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { LicencePanel } from "./_components/licence-panel";
import { ProvisionTenant } from "./_components/provision-tenant";
import { QuotasPanel } from "./_components/quotas-panel";
import { RenameTenant } from "./_components/rename-tenant";
import { SetQuotas } from "./_components/set-quotas";
import { StatusPageSwitch } from "./_components/status-page-switch";
import classes from "./settings.module.css";

const QUARTER_MS = 90 * 86_400_000;

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { here } = await enterTenant(tenant);
  const api = await tenantApi(tenant);
  const [quotas, on, statusPage, zone] = await Promise.all([
    load(api.quotas.get({})),
    load(api.holds.list({})),
    load(api.incidents.statusPage({})),
    readerZone(),
  ]);
  const may = holdActions(here);
  const setting = hintOf(here, "deployment.set_quotas");
  const update = hintOf(here, "tenant.update");
  return (
    <ApiProvider tenant={tenant}>
      <PageHead
        title="Settings"
        about="What this tenant is called, what it may have at a time, and what you are in it."
      />
      <Panel title="Tenant">
        {update.may ? (
          <RenameTenant name={here.name} />
        ) : (
          <p>
            It is called {here.name}. Renaming it: {update.why}
          </p>
        )}
      </Panel>
      <Panel title="Status page">
        <p className={classes.words}>
          Incidents that were made public, with their public updates, for everybody who knows the address. It is{" "}
          {statusPage.isOn ? <a href={statusPage.path}>on</a> : "off"}.
        </p>
        {update.may ? <StatusPageSwitch isOn={statusPage.isOn} /> : <p>Switching it: {update.why}</p>}
      </Panel>
      <QuotasPanel known={quotas} />
      <Panel title="Classes of runs">
        <p className={classes.words}>
          Workers are shared among classes by weight: standard 8, bulk 2, low priority 1. A class can be paused here;
          runs of it that are started meanwhile queue.
        </p>
        <HoldBanner tenant={tenant} on={on.filter(({ scope }) => scope === "class")} may={may} zone={zone} />
        <div className={classes.buttons}>
          {EXECUTION_CLASSES.map((executionClass) => (
            <HoldButtons
              key={executionClass}
              tenant={tenant}
              target={{ scope: "class", name: CLASS_WORDS[executionClass], executionClass }}
              may={may}
              on={on}
            />
          ))}
        </div>
      </Panel>
      {here.isOperator && setting.may ? (
        <Panel title="Quotas of a tenant">
          <SetQuotas tenant={here.slug} quotas={quotas.quotas} />
        </Panel>
      ) : null}
      {here.isOperator && hintOf(here, "deployment.provision").may ? (
        <Panel title="A tenant for somebody else">
          <ProvisionTenant
            plans={CATALOGUE.skus.map(({ id, title }) => ({ id, title }))}
            until={new Date(Date.now() + QUARTER_MS).toISOString().slice(0, 10)}
          />
        </Panel>
      ) : null}
      {here.isOperator ? <LicencePanel tenant={tenant} zone={zone} /> : null}
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
