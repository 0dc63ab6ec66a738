import type { Metadata } from "next";
import { stringify } from "yaml";
import { FeatureNotice } from "@/app/_shared/feature-notice";
import { hintOf } from "@/app/_shared/hints";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Empty, Facts, PageHead, Panel } from "@/app/_shared/page";
import { hrefOf, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { featureOf } from "@/app/_trpc/features";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { PACKS } from "@/policies/packs";
import { PolicyTabs } from "../_components/policy-tabs";
import { ChangeButtons } from "./_components/change-buttons";
import { ChangeForm } from "./_components/change-form";
import { ChangesList } from "./_components/changes-list";
import { ComparisonView } from "./_components/comparison-view";
import { PendingPanel } from "./_components/pending-panel";
import { readChangesParams } from "./search-params";

export const metadata: Metadata = { title: "Changes of the policy" };

/** A tightening as people write it. */
const asYaml = (tightening: object) => (Object.keys(tightening).length === 0 ? "" : stringify(tightening));

export default async function PolicyChangesPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { here } = await enterTenant(tenant);
  const tried = readChangesParams(await searchParams);
  const api = await tenantApi(tenant);
  const [policy, changes, zone] = await Promise.all([
    load(api.policyChanges.policy({})),
    load(api.policyChanges.list({ cursor: tried.cursor })),
    readerZone(),
  ]);
  const choice = { profile: tried.pack ?? policy.profile, tightening: tried.tightening ?? asYaml(policy.tightening) };
  const isTried = tried.pack !== undefined || tried.tightening !== undefined;
  const preview = isTried ? await load(api.policyChanges.preview(choice)) : null;
  const propose = hintOf(here, "policy.propose");
  // A pack as it is may be chosen by whoever has packs at all; what is stricter is sold by itself.
  const wanted = choice.tightening.trim() === "" ? "governance-packs" : "own-policy";
  const [{ closed }, packs] = await Promise.all([featureOf(tenant, wanted), featureOf(tenant, "governance-packs")]);
  return (
    <ApiProvider tenant={tenant}>
      <PageHead
        title="Changes of the policy"
        about="Another pack, or something stricter than the pack: proposed by one person, approved by another, on record for good."
      />
      <PolicyTabs tenant={tenant} here="/changes" />
      <Panel title="Governs now">
        <Facts
          rows={[
            ["Pack", PACKS[policy.profile].title],
            [
              "Stricter in",
              asYaml(policy.tightening) === "" ? "nothing" : <pre key="t">{asYaml(policy.tightening)}</pre>,
            ],
            ["Follows the deployment's default", policy.followsDefault ? "yes" : "no"],
            ["Revision", policy.revision.split("+")[1]],
          ]}
        />
        {policy.waitsUnrecorded ? (
          <Notice tone="wait" title="The deployment has another default pack now">
            Its stricter answers count already. It comes to be decided here in a minute.
          </Notice>
        ) : null}
      </Panel>
      {policy.pending === null ? null : (
        <PendingPanel
          pending={policy.pending}
          mayDecide={hintOf(here, "policy.approve").may}
          mayWithdraw={hintOf(here, "policy.withdraw").may}
          zone={zone}
        />
      )}
      <Panel
        title="Try another policy"
        aside={
          preview?.fault === null && propose.may && closed === null && policy.pending === null ? (
            <ChangeButtons acts={[{ kind: "propose", ...choice }]} />
          ) : null
        }
      >
        <FeatureNotice tenant={tenant} feature={packs.closed === null ? "own-policy" : "governance-packs"}>
          It can be tried here all the same, and what is in force stays.
        </FeatureNotice>
        <ChangeForm tenant={tenant} pack={choice.profile} tightening={choice.tightening} />
        {preview === null ? null : preview.fault === null ? (
          <ComparisonView comparison={preview.comparison} affected={preview.affected} replayed={preview.replayed} />
        ) : (
          <Notice tone="bad" title="This cannot be proposed">
            {preview.fault}
          </Notice>
        )}
        {propose.may ? null : <p>Proposing it: {propose.why}</p>}
      </Panel>
      <Panel title="All changes">
        {changes.rows.length === 0 ? (
          <Empty title="The policy was never changed">
            It is the pack that the tenant began with. Try another above: nothing changes before a second person agrees.
          </Empty>
        ) : (
          <ChangesList rows={changes.rows} zone={zone} />
        )}
        {changes.nextCursor === null ? null : (
          <ButtonLink href={hrefOf(`/t/${tenant}/policy/changes`, { cursor: changes.nextCursor })}>
            Older ones
          </ButtonLink>
        )}
      </Panel>
    </ApiProvider>
  );
}
