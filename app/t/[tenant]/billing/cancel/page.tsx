import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { Moment } from "@/app/_shared/moment";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import classes from "../_components/cancel-form.module.css";
import { CancelForm } from "../_components/cancel-form";

export const metadata: Metadata = { title: "Cancel plan" };

const ABOUT = "All of it works until the end of the period that is paid. Until then it can be taken back.";

export default async function CancelPlanPage({ params }: TenantPageProps) {
  const { tenant } = await params;
  const api = await tenantApi(tenant);
  const [answer, zone] = await Promise.all([attempt(api.billing.plan({})), readerZone()]);
  if (answer.denied !== null) return <DeniedPage title="Cancel plan" about={ABOUT} denial={answer.denied} />;
  const { plan, sale } = answer.value;
  const back = `/t/${tenant}/billing`;
  return (
    <>
      <PageHead title="Cancel plan" about={ABOUT}>
        <ButtonLink href={back}>Billing</ButtonLink>
      </PageHead>
      <Panel>
        {sale.bought === null || plan === null || plan.cancelAtPeriodEnd ? (
          <Empty title="There is nothing to cancel" action={<a href={back}>See the plan</a>}>
            No plan goes on by itself here.
          </Empty>
        ) : (
          <>
            <p className={classes.words}>
              {plan.title} ends on <Moment at={plan.periodEnd} zone={zone} />. Then no run starts and what only plans
              open is closed. Nothing is deleted: what is kept can be exported for 30 days after, and the record stays
              for as long as it must.
            </p>
            <ApiProvider tenant={tenant}>
              <CancelForm back={back} />
            </ApiProvider>
          </>
        )}
      </Panel>
    </>
  );
}
