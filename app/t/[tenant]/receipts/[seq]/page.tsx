import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CopyButton } from "@/app/_shared/copy-text";
import { DeniedPage } from "@/app/_shared/denied-page";
import { JsonText } from "@/app/_shared/json-text";
import { Moment } from "@/app/_shared/moment";
import { ButtonLink, Facts, PageHead, Panel } from "@/app/_shared/page";
import { readerZone } from "@/app/_shared/reader";
import { inUtc } from "@/app/_shared/zone";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { RULES } from "@/policies/access/rules";
import { canonicalJson } from "@/server/kernel/json";
import { actionLabel, receiptSentence } from "@/server/receipts/domain/actions";
import { readNumber, receiptsHref } from "../search-params";
import { ChainPlace } from "./_components/chain-place";
import classes from "./_components/receipt.module.css";
import { readBody } from "./receipt-body";

interface Props {
  params: Promise<{ tenant: string; seq: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Receipt ${(await params).seq}` };
}

const ruleTitle = (id: string) => RULES.find((rule) => rule.id === id)?.title ?? id;

export default async function ReceiptPage({ params }: Props) {
  const { tenant, seq: text } = await params;
  const number = readNumber(text);
  if (number === null) notFound();
  const api = await tenantApi(tenant);
  const [answer, zone] = await Promise.all([attempt(api.receipts.get({ seq: number })), readerZone()]);
  if (answer.denied !== null) return <DeniedPage title={`Receipt ${number}`} denial={answer.denied} />;
  const receipt = answer.value;
  const { seq, at, action, actor, subject, subjectName, subjectPath, body } = receipt;
  const who = receipt.actorName ?? actor;
  const { rules, revision, requestId, inputDigest } = readBody(body);
  const base = `/t/${tenant}`;
  return (
    <>
      <PageHead
        title={receiptSentence({ who, action, thing: subjectName })}
        about={
          <>
            Receipt No. {seq}, <Moment at={at} zone={zone} />
          </>
        }
      >
        {seq === 1 ? null : <ButtonLink href={`${base}/receipts/${seq - 1}`}>Previous</ButtonLink>}
        {receipt.hasNext ? <ButtonLink href={`${base}/receipts/${seq + 1}`}>Next</ButtonLink> : null}
        <ButtonLink href={receiptsHref(tenant, {})}>All receipts</ButtonLink>
      </PageHead>
      <Panel title="What it says">
        <div className={classes.roomy}>
          <Facts
            rows={[
              [
                "What",
                <span key="what">
                  {actionLabel(action)} <code className={classes.quiet}>{action}</code>
                </span>,
              ],
              [
                "On what",
                <span key="subject">
                  {subjectPath === null ? (
                    (subjectName ?? "No name: it is gone, or above your clearance")
                  ) : (
                    <a href={`${base}/${subjectPath}`}>{subjectName}</a>
                  )}{" "}
                  <code className={classes.quiet}>{subject}</code>
                  <a href={receiptsHref(tenant, { subject })}>Everything done to it</a>
                </span>,
              ],
              [
                "Who",
                <span key="actor">
                  {who} {receipt.actorName === null ? null : <code className={classes.quiet}>{actor}</code>}
                  <a href={receiptsHref(tenant, { actor })}>Everything they did</a>
                </span>,
              ],
              [
                "When",
                <span key="at">
                  <Moment at={at} zone={zone} /> <span className={classes.quiet}>{inUtc(at)}</span>
                </span>,
              ],
              ["Allowed by", rules.length === 0 ? "–" : rules.map(ruleTitle).join("; ")],
              ["Policy revision", revision ?? "–"],
              ["Request", requestId === null ? "–" : <code key="request">{requestId}</code>],
              ["Hash of the input", inputDigest === null ? "–" : <code key="input">{inputDigest}</code>],
            ]}
          />
        </div>
      </Panel>
      <Panel title="Body" aside={<CopyButton text={canonicalJson(body)} what="the body as canonical JSON" />}>
        <JsonText label="Body" value={body} />
      </Panel>
      <ChainPlace tenant={tenant} zone={zone} receipt={receipt} />
    </>
  );
}
