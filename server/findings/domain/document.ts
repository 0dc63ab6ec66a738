import type { Json } from "@/server/kernel/json";
import { namedUuid } from "@/server/kernel/named-uuid";
import { markdownTable } from "@/server/kernel/text-table";
import { type FindingStatus, isSettled, type Severity } from "./finding";

/** A finding as a document shows it; moments in ISO 8601. */
export interface FindingEntry {
  id: string;
  /** Its own ticket here, such as `F-12`. */
  ticket: string;
  title: string;
  detail: string;
  remedy: string;
  severity: Severity;
  status: FindingStatus;
  owner: { name: string } | null;
  openedAt: string;
  dueAt: string;
  closedAt: string | null;
  acceptedUntil: string | null;
  control: string;
  /** SHA-256 of what shows it, lower hex. */
  evidenceDigest: string;
}

/** What a document of findings is about. */
export interface Register {
  tenant: { id: string; name: string };
  /** When it was made, ISO 8601. */
  at: string;
  entries: readonly FindingEntry[];
}

export const STATUS_WORDS: Readonly<Record<FindingStatus, string>> = {
  open: "Open",
  in_progress: "In progress",
  ready: "Ready to be tested",
  reopened: "Open again",
  accepted: "Accepted for now",
  closed: "Closed",
};

const HEAD = ["Ticket", "Title", "Severity", "Status", "Owner", "Opened", "Due", "Closed", "Control", "Evidence"];

/** Findings as rows; the first row names the columns. */
export const findingRows = (entries: readonly FindingEntry[]): string[][] => [
  HEAD,
  ...entries.map(({ ticket, title, severity, status, owner, openedAt, dueAt, closedAt, control, evidenceDigest }) => [
    ...[ticket, title, severity, STATUS_WORDS[status], owner?.name ?? "nobody yet", openedAt, dueAt],
    ...[closedAt ?? "", control, evidenceDigest],
  ]),
];

/** How many findings stand where, in one sentence. */
export function summaryOf(entries: readonly FindingEntry[], at: string): string {
  const open = entries.filter(({ status }) => !isSettled(status));
  const overdue = open.filter(({ dueAt }) => dueAt <= at).length;
  return `${entries.length} ${entries.length === 1 ? "finding" : "findings"}, ${open.length} open, ${overdue} of them overdue.`;
}

const section = ({ ticket, title, detail, remedy, acceptedUntil, status }: FindingEntry) => [
  `## ${ticket}: ${title}`,
  `${STATUS_WORDS[status]}${acceptedUntil === null ? "" : `, until ${acceptedUntil}`}. ${detail}`,
  `To close it: ${remedy}`,
];

/** The findings as Markdown: a table, then each with what was found and what closes it. */
export function findingsMarkdown({ tenant, at, entries }: Register): string {
  const head = [`# Findings of ${tenant.name}`, `As of ${at}. ${summaryOf(entries, at)}`];
  const table = entries.length === 0 ? [] : [markdownTable(findingRows(entries)).trimEnd()];
  return `${[...head, ...table, ...entries.flatMap(section)].join("\n\n")}\n`;
}

const prop = (name: string, value: string) => ({ name, ns: "urn:maestro-conductor", value });
/** OSCAL takes no empty text. */
const text = (value: string) => (value.trim() === "" ? "none given" : value);

/**
 * The findings as a plan of action and milestones in OSCAL 1.2.1. Null without a finding, as OSCAL has no empty plan. It has no
 * place for an owner, who is a property of the risk; the day by which it is due is the risk's deadline.
 */
export function planOfAction({ tenant, at, entries }: Register): Json {
  if (entries.length === 0) return null;
  const uuid = (...names: string[]) => namedUuid([tenant.id, at, ...names]);
  const risks = entries.map((entry) => ({
    uuid: uuid("risk", entry.id),
    ...{ title: entry.title, description: text(entry.detail), statement: text(entry.remedy) },
    status: entry.status === "closed" ? "closed" : entry.status === "accepted" ? "deviation-approved" : "open",
    deadline: entry.dueAt,
    props: [
      prop("severity", entry.severity),
      prop("control", entry.control),
      ...(entry.owner === null ? [] : [prop("owner", text(entry.owner.name))]),
    ],
  }));
  const items = entries.map((entry) => ({
    uuid: uuid("poam-item", entry.id),
    ...{ title: `${entry.ticket}: ${entry.title}`, description: text(entry.detail) },
    props: [prop("evidence-sha256", entry.evidenceDigest)],
    "related-risks": [{ "risk-uuid": uuid("risk", entry.id) }],
  }));
  return {
    "plan-of-action-and-milestones": {
      uuid: uuid("plan"),
      metadata: { title: `Findings of ${tenant.name}`, "last-modified": at, version: at, "oscal-version": "1.2.1" },
      "system-id": { id: tenant.id },
      ...{ risks, "poam-items": items },
    },
  };
}
