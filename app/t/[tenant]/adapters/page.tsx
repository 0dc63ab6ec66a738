import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { hintOf } from "@/app/_shared/hints";
import { Notice } from "@/app/_shared/notice";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { FEATURES, type AddOn } from "@/policies/entitlements/features";
import { AdaptersTable } from "./_components/adapters-table";
import { RegisterButton } from "./_components/register-button";

export const metadata: Metadata = { title: "Adapters" };

const FEATURE = FEATURES["custom-adapters"];
const ADD_ON: AddOn = "custom-adapters";

/** That the feature is not part of the plan, what that means here, and what to do. */
function NotInPlan({ tenant, hasAdapters }: { tenant: string; hasAdapters: boolean }) {
  return (
    <Notice tone="wait" title={`${FEATURE.title} are not part of this tenant's plan`}>
      {FEATURE.what} {hasAdapters ? "Steps that call the adapters below fail until the plan has them again. " : ""}
      The add-on {ADD_ON} unlocks them. Ask whoever operates this deployment, who grants it with{" "}
      <code>
        npx conductor entitlements grant --tenant {tenant} --add-on {ADD_ON}
      </code>
    </Notice>
  );
}

export default async function AdaptersPage({ params }: TenantPageProps) {
  const { tenant } = await params;
  const api = await tenantApi(tenant);
  const [answer, { here }, zone] = await Promise.all([
    attempt(api.adapters.list({})),
    enterTenant(tenant),
    readerZone(),
  ]);
  const about = "Programs of your own that workflows call: each call is signed, so that they know whom it comes from.";
  if (answer.denied !== null) return <DeniedPage title="Adapters" about={about} denial={answer.denied} />;
  const { rows, isEntitled } = answer.value;
  const register = hintOf(here, "adapter.register");
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Adapters" about={about}>
        {register.may && isEntitled ? <RegisterButton /> : null}
      </PageHead>
      {isEntitled ? null : <NotInPlan tenant={tenant} hasAdapters={rows.length > 0} />}
      <Panel isFlush>
        {rows.length === 0 ? (
          <Empty title="No adapter yet">
            A step of type adapter calls one by its name with the input that it declares, and takes its JSON answer as
            its output. {register.may ? "" : register.why}
          </Empty>
        ) : (
          <AdaptersTable
            rows={rows}
            zone={zone}
            mayKeep={hintOf(here, "adapter.update").may}
            mayEnd={hintOf(here, "adapter.end").may}
          />
        )}
      </Panel>
    </ApiProvider>
  );
}
