import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { Facts, Panel } from "@/app/_shared/page";
import { rolesInSentence } from "@/app/_shared/role-words";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { failureWord } from "@/policies/access/explain";
import { roleWord } from "@/policies/access/role-word";
import { type AccessParams, askedThing } from "../search-params";
import { AskThing } from "./ask-thing";
import { changeWords, RuleList } from "./rule-list";

interface Props {
  tenant: string;
  params: AccessParams;
  workflows: readonly { id: string; name: string }[];
  regions: readonly string[];
  holders: readonly { id: string; name: string }[];
  zone: string;
}

async function answerTo(tenant: string, params: AccessParams) {
  const { member: memberId, key: apiKeyId, action = "run.start" } = params;
  const api = await tenantApi(tenant);
  const asked = { action, ...askedThing(params) };
  if (memberId !== undefined) return attempt(api.access.whyMember({ memberId, ...asked }));
  return apiKeyId === undefined ? null : attempt(api.access.whyKey({ apiKeyId, ...asked }));
}

/** Why somebody may or may not do something, who gave them the roles, and what would take it away. */
export async function WhyView({ tenant, params, workflows, regions, holders, zone }: Props) {
  const answer = await answerTo(tenant, params);
  const found = answer === null || answer.denied !== null ? null : answer.value;
  return (
    <>
      <Panel>
        <AskThing
          {...{ action: `/t/${tenant}/access`, tab: "why", params, workflows, regions }}
          {...(params.key === undefined || params.member !== undefined ? { holders } : {})}
        />
        {answer === null || answer.denied === null ? null : (
          <Notice tone="bad" title="You cannot ask about this">
            {answer.denied.message}
          </Notice>
        )}
        {found === null ? null : (
          <Notice
            tone={found.allow ? "ok" : "wait"}
            title={`${found.holder.name} ${found.allow ? "may" : "may not"} (${found.action})`}
          >
            <RuleList ids={found.allow ? found.matched : found.denied} />
            {found.chain.length === 0 ? null : (
              <p>
                First agree: {found.chain.map(({ role, quorum }) => `${quorum} × ${roleWord(role)}`).join(", then ")}.
              </p>
            )}
            {found.allow ? null : <p>Missing: {found.failed.map(failureWord).join("; ")}.</p>}
            {found.counterfactual === null ? null : <p>It would be a yes with {changeWords(found.counterfactual)}.</p>}
            {found.whoCould.length === 0 ? null : <p>Who could: {rolesInSentence(found.whoCould)}.</p>}
            {found.takesAway === null ? null : (
              <p>
                It would be a no without {rolesInSentence(found.takesAway.roles)}
                {found.takesAway.relations.length === 0
                  ? ""
                  : `, or were this otherwise: ${found.takesAway.relations.join(", ").replaceAll("_", " ")}`}
                .
              </p>
            )}
          </Notice>
        )}
      </Panel>
      {found === null || found.grants.length === 0 ? null : (
        <Panel title="Where the roles come from">
          <Facts
            rows={found.grants.map(({ role, by, at, receipt }) => [
              roleWord(role),
              by === null ? (
                "No receipt tells: held since the beginning"
              ) : (
                <span key={role}>
                  <a href={`/t/${tenant}/receipts/${receipt}`}>{by}</a>, <Moment at={at} zone={zone} />
                </span>
              ),
            ])}
          />
        </Panel>
      )}
    </>
  );
}
