import { Notice } from "@/app/_shared/notice";
import { Panel } from "@/app/_shared/page";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { failureWord } from "@/policies/access/explain";
import { accessHref, type AccessParams, askedThing } from "../search-params";
import { AskThing } from "./ask-thing";
import { HoldersTable } from "./holders-table";
import { changeWords, RuleList } from "./rule-list";

interface Props {
  tenant: string;
  params: AccessParams;
  workflows: readonly { id: string; name: string }[];
  regions: readonly string[];
}

/** Who may do one thing, and who nearly may. */
export async function WhoView({ tenant, params, workflows, regions }: Props) {
  const api = await tenantApi(tenant);
  const { action } = params;
  const answer = action === undefined ? null : await attempt(api.access.whoCan({ action, ...askedThing(params) }));
  const whyOf = ({ kind, id }: { kind: string; id: string }) =>
    accessHref(tenant, { ...params, tab: "why", [kind === "member" ? "member" : "key"]: id });
  const found = answer === null || answer.denied !== null ? null : answer.value;
  const rules = [...new Set(found?.may.flatMap((one) => one.rules))];
  return (
    <>
      <Panel>
        <AskThing action={`/t/${tenant}/access`} tab="who" params={params} workflows={workflows} regions={regions} />
        {answer === null || answer.denied === null ? null : (
          <Notice tone="bad" title="You cannot ask about this">
            {answer.denied.message}
          </Notice>
        )}
        {found === null ? null : (
          <Notice tone={found.mayCount > 0 ? "ok" : "wait"} title={`${found.mayCount} of ${found.asked} may`}>
            <RuleList ids={rules} />
          </Notice>
        )}
      </Panel>
      {found === null || found.may.length === 0 ? null : (
        <Panel title={`Who may${found.mayCount > found.may.length ? `: the first ${found.may.length}` : ""}`} isFlush>
          <HoldersTable
            name="may"
            label="Who may"
            says="By the rule"
            rows={found.may.map(({ id, name, kind, roles, rules: by, ...row }) => ({
              ...{ id, name, kind, roles, whyHref: whyOf({ kind, id }) },
              says: `${by.join(", ")}${row.chain.length === 0 ? "" : ", once others have agreed"}`,
            }))}
          />
        </Panel>
      )}
      {found === null || found.nearly.length === 0 ? null : (
        <Panel title="Who nearly may" isFlush>
          <HoldersTable
            name="nearly"
            label="Who nearly may"
            says="What is missing"
            rows={found.nearly.map(({ id, name, kind, roles, failed, counterfactual }) => ({
              ...{ id, name, kind, roles, whyHref: whyOf({ kind, id }) },
              says: `${failed.map(failureWord).join("; ")}${counterfactual === null ? "" : ` (a yes with ${changeWords(counterfactual)})`}`,
            }))}
          />
        </Panel>
      )}
    </>
  );
}
