import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { FeatureNotice } from "@/app/_shared/feature-notice";
import { hintOf } from "@/app/_shared/hints";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { AdaptersTable } from "./_components/adapters-table";
import { RegisterButton } from "./_components/register-button";

export const metadata: Metadata = { title: "Adapters" };

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
  const { rows, closed } = answer.value;
  const register = hintOf(here, "adapter.register");
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Adapters" about={about}>
        {register.may && closed === null ? <RegisterButton /> : null}
      </PageHead>
      <FeatureNotice tenant={tenant} feature="custom-adapters">
        {rows.length === 0
          ? null
          : closed === "read-only"
            ? "Runs that are under way call those below."
            : "Steps that call the adapters below fail until it is back."}
      </FeatureNotice>
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
