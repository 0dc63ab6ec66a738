import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Moment } from "@/app/_shared/moment";
import { Facts, PageHead, Panel } from "@/app/_shared/page";
import { Status } from "@/app/_shared/status";
import { load } from "@/app/_trpc/load";
import { Refusal } from "@/server/kernel/errors";
import { env } from "@/server/platform/env";
import { addressOf } from "@/server/platform/incoming";
import type { PublicControl } from "@/server/trust-pages/domain/trust-page";
import { readTrustPage, type TrustPage } from "@/server/trust-pages/read-trust-page";
import classes from "./trust-page.module.css";

// Nobody shares what another was shown: whoever withdraws it withdraws it for everybody.
export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Trust", robots: { index: false } };

const UTC = "UTC";

function Controls({ rows }: { rows: readonly PublicControl[] }) {
  return (
    <ul className={classes.list}>
      {rows.map(({ id, title, state, soc2, iso27001, seenAt }) => (
        <li key={id} className={classes.control}>
          <span>
            {title}
            <span className={classes.about}>
              {id}; SOC 2 {soc2.join(", ")}; ISO 27001:2022 {iso27001.join(", ")}
            </span>
          </span>
          <Status status={`control-${state}`} />
          <span className={classes.about}>{seenAt === null ? "Not seen yet" : <Moment at={seenAt} zone={UTC} />}</span>
        </li>
      ))}
    </ul>
  );
}

function sealedRows({ keys, sealed }: Pick<TrustPage, "keys" | "sealed">) {
  const digest = (text: string) => (
    <code key={text} className={classes.digest}>
      {text}
    </code>
  );
  const keyRows = keys.map((key) => ["Sealing key", digest(key)] as const);
  if (sealed === null) return [...keyRows, ["Last bundle", "None was sealed yet."] as const];
  return [
    ...keyRows,
    ["Last bundle", <Moment key="at" at={sealed.sealedAt} zone={UTC} />] as const,
    [
      "Its period",
      `${sealed.from.slice(0, 10)} to ${sealed.to.slice(0, 10)}, ${sealed.completeness ?? "unknown"}`,
    ] as const,
    ["Its SHA-256", digest(sealed.digest)] as const,
  ];
}

/** The seconds to wait, of a reading that was refused for being one too many; any other refusal is thrown on. */
function secondsToWait(error: unknown): number {
  const seconds = error instanceof Refusal && error.code === "LimitReached" ? error.details.retryAfterSeconds : null;
  if (typeof seconds === "number") return seconds;
  throw error;
}

export default async function TrustPageOfTenant({ params }: { params: Promise<{ slug: string }> }) {
  const address = addressOf(await headers(), env().TRUSTED_PROXIES);
  const page = await load(readTrustPage((await params).slug, address).catch(secondsToWait));
  // A page cannot answer 429 itself.
  if (typeof page === "number") redirect(`/api/too-many?seconds=${page}`);
  const { name, at, controls, keys, sealed } = page;
  const of = (stance: PublicControl["stance"]) => controls.filter((each) => each.stance === stance);
  const passing = controls.filter(({ state }) => state === "passing").length;
  return (
    <>
      <PageHead
        title={`Controls of ${name}`}
        about={
          <>
            {passing} of {controls.length} controls pass, as of <Moment at={at} zone={UTC} />. Times are UTC. The
            product says this of itself, by probes and by evidence; it is no certificate.
          </>
        }
      />
      <Panel title="Owned: a probe can find that it does not hold">
        <Controls rows={of("owned")} />
      </Panel>
      <Panel title="Supported: evidence is kept for whoever answers for it">
        <Controls rows={of("supported")} />
      </Panel>
      <Panel title="To check a bundle by">
        <Facts rows={sealedRows({ keys, sealed })} />
      </Panel>
    </>
  );
}
