import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { ChangeForm } from "../_components/change-form";
import { OFFERS } from "../_components/offers";

export const metadata: Metadata = { title: "Change plan" };

const ABOUT = "What is added counts as soon as it is paid; what is taken away stays until the renewal.";

export default async function ChangePlanPage({ params }: TenantPageProps) {
  const { tenant } = await params;
  const api = await tenantApi(tenant);
  const [answer, zone] = await Promise.all([attempt(api.billing.plan({})), readerZone()]);
  if (answer.denied !== null) return <DeniedPage title="Change plan" about={ABOUT} denial={answer.denied} />;
  const { sale, change } = answer.value;
  const back = `/t/${tenant}/billing`;
  return (
    <>
      <PageHead title="Change plan" about={ABOUT}>
        <ButtonLink href={back}>Billing</ButtonLink>
      </PageHead>
      {change === null || change.status === "lapsed" ? null : (
        <Notice tone="wait" title="A change is under way">
          To {change.title}. Another order takes its place.
        </Notice>
      )}
      {sale.bought === null ? (
        <Panel>
          <Empty title="There is no plan to change" action={<a href={back}>See the plans</a>}>
            This tenant has bought nothing by subscription yet.
          </Empty>
        </Panel>
      ) : (
        <ApiProvider tenant={tenant}>
          <ChangeForm
            offers={OFFERS}
            now={{ ...sale.bought.choice, addOns: [...sale.bought.choice.addOns] }}
            back={back}
            zone={zone}
          />
        </ApiProvider>
      )}
    </>
  );
}
