import type { Metadata } from "next";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import { roleWords } from "@/app/_shared/role-words";
import { load } from "@/app/_trpc/load";
import { accountApi } from "@/app/_trpc/server";
import classes from "../account.module.css";
import { CreateTenantForm } from "./_components/create-tenant-form";

export const metadata: Metadata = { title: "Tenants" };

export default async function TenantsPage() {
  const api = await accountApi();
  const tenants = await load(api.tenants.listOwn({}));
  return (
    <>
      <PageHead title="Your tenants" about="A tenant keeps its workflows, runs, people and receipts to itself." />
      <Panel isFlush>
        {tenants.length === 0 ? (
          <Empty title="You are not in a tenant yet">
            Create one below, or ask somebody to invite you: the link in their mail brings you in.
          </Empty>
        ) : (
          <ul className={classes.list}>
            {tenants.map(({ slug, name, roles }) => (
              <li key={slug}>
                <a className={classes.tenant} href={`/t/${slug}/switchboard`}>
                  <strong>{name}</strong>
                  <span>{roleWords(roles)}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title="Create a tenant">
        <CreateTenantForm />
      </Panel>
    </>
  );
}
