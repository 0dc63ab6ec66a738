import type { Metadata } from "next";
import { ButtonLink, PageHead } from "@/app/_shared/page";
import { readerZone } from "@/app/_shared/reader";
import { assignable } from "@/app/_trpc/assignable";
import { ApiProvider } from "@/app/_trpc/client";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { TaskPanel } from "../_components/task-panel";
import { driftHref } from "../search-params";

export const metadata: Metadata = { title: "Difference" };

interface Props {
  params: Promise<{ tenant: string; task: string }>;
}

export default async function TaskPage({ params }: Props) {
  const { tenant, task: taskId } = await params;
  const api = await tenantApi(tenant);
  const [task, zone, members] = await Promise.all([
    load(api.drift.get({ taskId })),
    readerZone(),
    assignable(tenant, "remediation.assign"),
  ]);
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title={task.closedAt === null ? "A difference" : "A difference that is gone"}>
        <ButtonLink href={driftHref(tenant, {})}>All that differs</ButtonLink>
        <ButtonLink href={`/t/${tenant}/receipts?subject=remediation:${taskId}`}>Its receipts</ButtonLink>
      </PageHead>
      <TaskPanel tenant={tenant} task={task} zone={zone} members={members} />
    </ApiProvider>
  );
}
