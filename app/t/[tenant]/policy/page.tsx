import type { Metadata } from "next";
import { Notice } from "@/app/_shared/notice";
import { Facts, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { enterTenant } from "@/app/_trpc/tenant";
import { policyIn } from "@/policies/access/policy";
import { chainWords, matrixOf } from "@/policies/compile/matrix";
import { shippedPolicy } from "@/policies/packs";
import { askOf } from "@/policies/simulate/ask";
import { Answer } from "./_components/answer";
import { AskForm } from "./_components/ask-form";
import { PolicyTabs } from "./_components/policy-tabs";
import { MatrixTable } from "./_components/matrix-table";
import { type AskParams, readAskParams } from "./search-params";

export const metadata: Metadata = { title: "Policy" };

function answerTo({ role, action, elsewhere, pack, ...rest }: AskParams, own: Parameters<typeof askOf>[0]) {
  if (role === undefined || action === undefined) return null;
  // Who asks is of the first region; where there is no other, nothing is of another.
  const region = elsewhere === true ? own[0].regions[1] : undefined;
  return askOf(pack === undefined ? own : [policyIn(shippedPolicy(pack), own[0].regions)], {
    role,
    action,
    region,
    ...rest,
  });
}

export default async function PolicyPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { here } = await enterTenant(tenant);
  const asked = readAskParams(await searchParams);
  const [own, ...waiting] = here.policies;
  const policy = asked.pack === undefined ? own : policyIn(shippedPolicy(asked.pack), own.regions);
  const { pack } = policy;
  const isOwn = policy === own;
  const decision = answerTo(asked, here.policies);
  const chains = (["publish", "run"] as const).flatMap((before) =>
    pack.approvals[before].map((line) => ({ before, ...chainWords(line) })),
  );
  return (
    <>
      <PageHead
        title="Policy"
        about="What decides who may do what here. Ask it before you try, and see why it answers as it does."
      />
      <PolicyTabs tenant={tenant} here="" />
      {waiting.length === 0 ? null : (
        <Notice tone="wait" title="Another policy waits for a second person">
          Until it is decided, the stricter answer of both counts.{" "}
          <a href={`/t/${tenant}/policy/changes`}>See what would change</a>.
        </Notice>
      )}
      <Panel>
        <Facts
          rows={[
            [isOwn ? "Pack of this tenant" : "Another pack than this tenant's", pack.title],
            ["Name", policy.profile],
            ["Version", pack.version],
            ["Revision, as receipts name it", policy.revision.split("+")[1]],
          ]}
        />
      </Panel>
      <Panel title="Ask">
        <AskForm action={`/t/${tenant}/policy`} asked={asked} isOneRegion={here.regions.length === 1} />
        {decision === null ? null : <Answer decision={decision} />}
      </Panel>
      <Panel title="Who may do what" isFlush>
        <MatrixTable rows={matrixOf(policy)} />
      </Panel>
      <Panel title="Who has to agree first">
        <Facts
          rows={chains.map(
            ({ before, where, who }) =>
              [
                before === "publish" ? `Before a version is published, ${where}` : `Before a run starts, ${where}`,
                who,
              ] as const,
          )}
        />
      </Panel>
    </>
  );
}
