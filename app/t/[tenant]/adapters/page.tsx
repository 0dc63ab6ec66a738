import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { hintOf } from "@/app/_shared/hints";
import { Locked } from "@/app/_shared/locked";
import { Notice } from "@/app/_shared/notice";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { FEATURES, openersOf, openerWords } from "@/policies/entitlements/features";
import { AdaptersTable } from "./_components/adapters-table";
import { RegisterButton } from "./_components/register-button";

export const metadata: Metadata = { title: "Adapters" };

type Closed = "not-in-plan" | "read-only" | "held-back";

interface ClosedProps {
  why: Closed;
  hasAdapters: boolean;
  billingHref: string | null;
}

/** Why no adapter can be registered or called, what that means here, and what to do. */
function ClosedNotice({ why, hasAdapters, billingHref }: ClosedProps) {
  if (why === "read-only")
    return (
      <Notice tone="bad" title="This tenant is read-only">
        No adapter is registered or changed. Runs that are under way call those below.
      </Notice>
    );
  if (why === "held-back")
    return (
      <Notice tone="wait" title="Adapters are switched off for now">
        Whoever operates this deployment has switched them off. Steps that call one fail until they are back.
      </Notice>
    );
  const opensWith = openersOf("custom-adapters", null).map(openerWords);
  return (
    <Locked {...FEATURES["custom-adapters"]} opensWith={opensWith} billingHref={billingHref}>
      {hasAdapters ? "Steps that call the adapters below fail until the plan has them again." : null}
    </Locked>
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
  const { rows, closed } = answer.value;
  const billingHref = hintOf(here, "billing.read").may ? `/t/${tenant}/billing` : null;
  const register = hintOf(here, "adapter.register");
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Adapters" about={about}>
        {register.may && closed === null ? <RegisterButton /> : null}
      </PageHead>
      {closed === null ? null : <ClosedNotice why={closed} hasAdapters={rows.length > 0} billingHref={billingHref} />}
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
