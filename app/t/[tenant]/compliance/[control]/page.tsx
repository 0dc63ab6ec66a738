import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { hintOf } from "@/app/_shared/hints";
import { Moment } from "@/app/_shared/moment";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import { readerZone } from "@/app/_shared/reader";
import { roleWords } from "@/app/_shared/role-words";
import { Status } from "@/app/_shared/status";
import { ApiProvider } from "@/app/_trpc/client";
import { featureOf } from "@/app/_trpc/features";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { EVIDENCE } from "@/server/evidence/domain/kinds";
import { controlStatus, STANCE_WORDS } from "../_components/control-words";
import { AcceptButton } from "./_components/exception-buttons";
import { Exceptions } from "./_components/exceptions";
import classes from "../_components/compliance.module.css";

interface Props {
  params: Promise<{ tenant: string; control: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Control ${(await params).control.slice(0, 20)}` };
}

export default async function ControlPage({ params }: Props) {
  const { tenant, control: id } = await params;
  const api = await tenantApi(tenant);
  const { here } = await enterTenant(tenant);
  const [answer, zone, { closed }] = await Promise.all([
    attempt(api.compliance.get({ control: id })),
    readerZone(),
    featureOf(tenant, "compliance-pack"),
  ]);
  if (answer.denied !== null) return <DeniedPage title="Control" about="" denial={answer.denied} />;
  const control = answer.value;
  const mayAccept = hintOf(here, "evidence.collect").may;
  const mayDownload = hintOf(here, "evidence.export").may;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title={control.title} about={control.statement}>
        <ButtonLink href={`/t/${tenant}/compliance`}>All controls</ButtonLink>
        {mayAccept && closed === null && control.state !== "passing" && control.exception === null ? (
          <AcceptButton control={id} />
        ) : null}
      </PageHead>
      <Panel title="Status">
        <p>
          <Status status={controlStatus(control.state)} />
          {control.exception === null ? null : (
            <>
              {" "}
              Accepted until <Moment at={control.exception.expiresAt} zone={zone} />: {control.exception.reason}
            </>
          )}
        </p>
        <ul className={classes.list}>
          {control.why.map(({ factId, text, at }) => (
            <li key={`${factId ?? ""} ${text}`}>
              {text} {at === null ? null : <Moment at={at} zone={zone} />}{" "}
              {factId === null ? null : <code className={classes.about}>{factId}</code>}
            </li>
          ))}
        </ul>
      </Panel>
      {control.exceptions.length === 0 ? null : (
        <Panel title="Accepted gaps">
          <Exceptions rows={control.exceptions} zone={zone} mayEnd={mayAccept} />
        </Panel>
      )}
      <Panel title="About">
        <dl className={classes.facts}>
          <dt>Id</dt>
          <dd>{control.id}</dd>
          <dt>Area</dt>
          <dd>{control.areaTitle}</dd>
          <dt>Stance</dt>
          <dd>{STANCE_WORDS[control.stance]}</dd>
          <dt>SOC 2</dt>
          <dd>{control.soc2.join(", ")}</dd>
          <dt>ISO 27001:2022</dt>
          <dd>{control.iso27001.join(", ")}</dd>
          <dt>Rests on</dt>
          <dd>
            {control.feature}, <code>{control.workflow}</code>
          </dd>
          <dt>Owner</dt>
          <dd>{roleWords([control.owner])}</dd>
          <dt>Shown anew</dt>
          <dd>
            every {control.cadenceDays === 1 ? "day" : `${control.cadenceDays} days`}
            {control.nextDueAt === null ? null : (
              <>
                , next due <Moment at={control.nextDueAt} zone={zone} />
              </>
            )}
          </dd>
          {control.limits === null ? null : (
            <>
              <dt>What is not there</dt>
              <dd>{control.limits}</dd>
            </>
          )}
        </dl>
      </Panel>
      {control.evidenceKinds.length === 0 ? null : (
        <Panel title="Evidence">
          {control.evidence.length === 0 ? (
            <Empty title="Nothing was collected yet">
              It rests on: {control.evidenceKinds.map((kind) => EVIDENCE[kind]).join(", ")}.
            </Empty>
          ) : (
            <ul className={classes.list}>
              {control.evidence.map((item) => (
                <li key={item.id}>
                  {mayDownload ? (
                    <a href={`/t/${tenant}/evidence/items/${item.id}`} download>
                      {item.title}
                    </a>
                  ) : (
                    <span>{item.title}</span>
                  )}{" "}
                  <span className={classes.about}>
                    {EVIDENCE[item.kind]}, <Moment at={item.collectedAt} zone={zone} />, SHA-256{" "}
                    <code>{item.digest.slice(0, 12)}…</code>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      )}
      {control.probes.length === 0 ? null : (
        <Panel title="What the probe found">
          {control.history.length === 0 ? (
            <Empty title="The probe has not run yet">It runs each night, and whenever somebody asks for it.</Empty>
          ) : (
            <ul className={classes.list}>
              {control.history.map(({ id: fact, outcome, reason, observedAt }) => (
                <li key={fact}>
                  <Status status={`probe-${outcome}`} /> {reason}{" "}
                  <span className={classes.about}>
                    <Moment at={observedAt} zone={zone} /> <code>{fact}</code>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      )}
    </ApiProvider>
  );
}
