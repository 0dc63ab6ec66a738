import { Facts, Panel } from "@/app/_shared/page";
import classes from "../settings.module.css";
import { limitOf, type Quota, QUOTA_WORDS, QUOTAS, type Quotas } from "@/server/quotas/domain/quota";

interface Props {
  known: {
    quotas: Quotas;
    load: { queued: number; running: number };
    reached: readonly { quota: Quota; since: string }[];
    plan: {
      title: string;
      concurrentRuns: number | null;
      runsPerMonth: number | null;
      startedThisMonth: number;
      moreConcurrentRuns: readonly string[];
      moreRunsPerMonth: readonly string[];
    } | null;
  };
}

const number = (value: number) => value.toLocaleString("en");

/** What the plan limits of runs, with what is used of it and what has more. */
function planRows(plan: NonNullable<Props["known"]["plan"]>): [string, string][] {
  const { title, concurrentRuns, runsPerMonth, startedThisMonth, moreConcurrentRuns, moreRunsPerMonth } = plan;
  const more = (words: readonly string[]) => (words.length === 0 ? "" : ` More: ${words.join("; ")}.`);
  return [
    [
      `Runs at a time, ${title}`,
      concurrentRuns === null ? "no limit" : `at most ${number(concurrentRuns)}.${more(moreConcurrentRuns)}`,
    ],
    [
      `Runs this month, ${title}`,
      runsPerMonth === null
        ? `${number(startedThisMonth)}, no limit`
        : `${number(startedThisMonth)} of ${number(runsPerMonth)}.${more(moreRunsPerMonth)}`,
    ],
  ];
}

/** What the tenant may have at a time, and how much of it is used. */
export function QuotasPanel({ known: { quotas, load, reached, plan } }: Props) {
  const used: Readonly<Record<Quota, number | null>> = {
    ...{ concurrent_runs: null, queued_runs: load.queued, concurrent_steps: null },
  };
  const text = (quota: Quota) => {
    const now = used[quota];
    const limit = number(limitOf(quotas, quota));
    const hit = reached.some((each) => each.quota === quota) ? "; reached" : "";
    return `${now === null ? `at most ${limit}` : `${number(now)} of ${limit}`}${hit}`;
  };
  return (
    <Panel title="Quotas">
      <Facts
        rows={[
          ...QUOTAS.map((quota) => [QUOTA_WORDS[quota], text(quota)] as const),
          ...(plan === null ? [] : planRows(plan)),
        ]}
      />
      <p className={classes.words}>
        {`Runs beyond the first wait in their order until one ends or rests: of the ${number(load.running)} that have begun, those
        that only wait (for a time, people, an event or a called run) do not count. Starts beyond the second are refused;
        steps beyond the third wait. The operating tenant sets them; of what it sets and what the plan has, the stricter counts.`}
      </p>
    </Panel>
  );
}
