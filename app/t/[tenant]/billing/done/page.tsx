import type { Metadata } from "next";
import Link from "next/link";
import { DeniedPage } from "@/app/_shared/denied-page";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Notice } from "@/app/_shared/notice";
import { PageHead } from "@/app/_shared/page";
import type { Tone } from "@/app/_shared/status";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";

export const metadata: Metadata = { title: "Payment" };

const ABOUT = "What became of the payment, as the seller says at this moment.";

type Standing = "back" | "expired" | "open" | "paid" | "waiting";

const STANDINGS: Readonly<Record<Standing, { tone: Tone; title: string; text: string }>> = {
  paid: { tone: "ok", title: "Paid", text: "The plan is in force. Everything that it opens can be used now." },
  waiting: {
    ...{ tone: "wait", title: "The bank has not said yet" },
    text: "What was there before counts on until the money is there. This page looks again by itself.",
  },
  open: {
    tone: "wait",
    title: "Not paid yet",
    text: "The page on which it is paid is still open. Nothing has changed.",
  },
  expired: { tone: "wait", title: "That Checkout has ended", text: "Nothing was charged. Choose a plan again." },
  back: { tone: "ok", title: "Up to date", text: "What was changed at the seller counts here now." },
};

interface Props {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<{ session_id?: string | string[] }>;
}

export default async function PaymentDonePage({ params, searchParams }: Props) {
  const [{ tenant }, { session_id: sessionId }] = await Promise.all([params, searchParams]);
  const api = await tenantApi(tenant);
  // Asked for again whenever the page is drawn: it brings the plan to what the seller says, and twice is the same as once.
  const answer =
    typeof sessionId === "string"
      ? await attempt(api.billing.confirm({ sessionId }))
      : await attempt(api.billing.refresh({}));
  if (answer.denied !== null) return <DeniedPage title="Payment" about={ABOUT} denial={answer.denied} />;
  const standing = "standing" in answer.value ? answer.value.standing : "back";
  const { tone, title, text } = STANDINGS[standing];
  return (
    <>
      <PageHead title="Payment" about={ABOUT} />
      <Notice tone={tone} title={title}>
        {text} <Link href={`/t/${tenant}/billing`}>See the plan</Link>
      </Notice>
      {standing === "waiting" ? <LiveRefresh everySeconds={3} /> : null}
    </>
  );
}
