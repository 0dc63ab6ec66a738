import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CopyButton } from "@/app/_shared/copy-text";
import { DeniedPage } from "@/app/_shared/denied-page";
import { JsonText } from "@/app/_shared/json-text";
import { Moment } from "@/app/_shared/moment";
import { ButtonLink, Facts, PageHead, Panel } from "@/app/_shared/page";
import { readerZone } from "@/app/_shared/reader";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { failureWord } from "@/policies/access/explain";
import { roleWord } from "@/policies/access/role-word";
import { RULES } from "@/policies/access/rules";
import { canonicalJson } from "@/server/kernel/json";
import { decisionsHref, readNumber } from "../search-params";

interface Props {
  params: Promise<{ tenant: string; seq: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Decision ${(await params).seq}` };
}

const titles = (ids: readonly string[]) =>
  ids.length === 0 ? "–" : ids.map((id) => RULES.find((rule) => rule.id === id)?.title ?? id).join("; ");
const list = (words: readonly string[]) => (words.length === 0 ? "–" : words.join("; "));

export default async function DecisionPage({ params }: Props) {
  const { tenant, seq: text } = await params;
  const number = readNumber(text);
  if (number === null) notFound();
  const api = await tenantApi(tenant);
  const [answer, zone] = await Promise.all([attempt(api.decisions.get({ seq: number })), readerZone()]);
  if (answer.denied !== null) return <DeniedPage title={`Decision ${number}`} denial={answer.denied} />;
  const { allow, action, asked, now, ...decision } = answer.value;
  const relations = asked === null ? [] : Object.entries(asked.atoms).flatMap(([atom, holds]) => (holds ? [atom] : []));
  const nowWords = now === null ? "It cannot be asked again" : now.allow ? "Allowed" : "Denied";
  return (
    <>
      <PageHead
        title={`${action}: ${allow ? "allowed" : "denied"}`}
        about={
          <>
            Decision No. {decision.seq}, <Moment at={decision.at} zone={zone} />
          </>
        }
      >
        <ButtonLink href={decisionsHref(tenant, {})}>All decisions</ButtonLink>
      </PageHead>
      <Panel title="What was decided">
        <Facts
          rows={[
            ["Who asked", decision.actorName ?? decision.actor],
            ["On what", decision.subjectName ?? decision.subject],
            ["Code", decision.code],
            ["Allowed by", titles(decision.matched)],
            ["Denied by", titles(decision.denied)],
            ["What stood in the way", list(decision.failed.map(failureWord))],
            ["Nearest to allowing it", titles(decision.nearest.map(({ rule }) => rule))],
            ["Policy revision", decision.revision],
            ["Request", decision.requestId ?? "–"],
          ]}
        />
      </Panel>
      <Panel title="What it depended on">
        {asked === null ? (
          <p>
            Nothing is recorded by which it could be decided again: the question was malformed, or is older than that.
          </p>
        ) : (
          <Facts
            rows={[
              ["Roles", list(asked.roles.map(roleWord))],
              ["Environment", asked.environment ?? "–"],
              ["Risk profile", asked.riskProfile ?? "–"],
              ["What held", list(relations)],
            ]}
          />
        )}
      </Panel>
      <Panel title="What the policy says now">
        <Facts
          rows={[
            ["Answer", now !== null && now.allow !== allow ? `${nowWords}, which is another answer` : nowWords],
            ["Allowed by", titles(now?.matched ?? [])],
            ["Denied by", titles(now?.denied ?? [])],
            ["Policy revision", now?.revision ?? "–"],
          ]}
        />
      </Panel>
      <Panel title="Body" aside={<CopyButton text={canonicalJson(decision.body)} what="the body as canonical JSON" />}>
        <JsonText label="Body" value={decision.body} />
      </Panel>
    </>
  );
}
