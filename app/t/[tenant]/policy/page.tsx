import type { Metadata } from "next";
import { Facts, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { enterTenant } from "@/app/_trpc/tenant";
import { chainWords, matrixOf } from "@/policies/compile/matrix";
import { shippedPolicy } from "@/policies/packs";
import { ask } from "@/policies/simulate/ask";
import { Answer } from "./_components/answer";
import { AskForm } from "./_components/ask-form";
import { MatrixTable } from "./_components/matrix-table";
import { type AskParams, readAskParams } from "./search-params";

export const metadata: Metadata = { title: "Policy" };

/** A region that nobody is of who asks here. */
const ELSEWHERE = "elsewhere";

function answerTo({ role, action, elsewhere, pack, ...rest }: AskParams, own: string) {
  if (role === undefined || action === undefined) return null;
  const region = elsewhere === true ? ELSEWHERE : undefined;
  return ask({ profile: pack ?? own, role, action, region, ...rest });
}

export default async function PolicyPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { here } = await enterTenant(tenant);
  const asked = readAskParams(await searchParams);
  const policy = shippedPolicy(asked.pack ?? here.governanceProfile);
  const { pack } = policy;
  const isOwn = policy.profile === here.governanceProfile;
  const decision = answerTo(asked, here.governanceProfile);
  const chains = (["publish", "run"] as const).flatMap((before) =>
    pack.approvals[before].map((line) => ({ before, ...chainWords(line) })),
  );
  return (
    <>
      <PageHead
        title="Policy"
        about="What decides who may do what here. Ask it before you try, and see why it answers as it does."
      />
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
        <AskForm action={`/t/${tenant}/policy`} asked={asked} own={here.governanceProfile} />
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
