import { createHash } from "node:crypto";
import type { ControlStatus } from "@/server/compliance/domain/status";
import { byPath } from "./domain/format";
import type { BundleFacts, Gap, ManifestItem, SectionState } from "./domain/manifest";

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const STYLE = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:1100px;margin:0 auto;padding:1rem}
h1{font-size:1.4rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .5rem;border-bottom:1px solid #8884;vertical-align:top;overflow-wrap:anywhere}
.state{font-weight:600;white-space:nowrap}th{overflow-wrap:normal}.passing,.complete{color:light-dark(#176b32,#7ddf9b)}.failing,.incomplete,.dry{color:light-dark(#a4161a,#ff9b9b)}.stale,.partial,.unknown{color:light-dark(#7a4d00,#f0c36d)}
code{font-size:.85em}`;

const row = (cells: readonly string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>\n`;
const tableHead = (head: readonly string[]) =>
  `<table><thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead><tbody>\n`;
const TABLE_END = "</tbody></table>";
const table = (head: readonly string[], rows: readonly string[]) => `${tableHead(head)}${rows.join("")}${TABLE_END}`;

const itemLink = ({ path, title }: ManifestItem) => `<a href="../${escape(path)}">${escape(title)}</a>`;

/** Items by the ids of the controls that they speak for, in their order. */
function itemsByControl(items: readonly ManifestItem[]): Map<string, ManifestItem[]> {
  const found = new Map<string, ManifestItem[]>();
  for (const item of items)
    for (const id of item.controls) {
      const own = found.get(id);
      if (own === undefined) found.set(id, [item]);
      else own.push(item);
    }
  return found;
}

function controlRow({ control, state, why }: ControlStatus, own: readonly ManifestItem[]): string {
  return row([
    `<a id="${escape(control.id)}"></a>${escape(control.id)}<br>${escape(control.title)}`,
    escape(control.stance === "owned" ? "owned" : "supported via evidence"),
    `<span class="state ${state}">${state}</span>`,
    escape(why.map(({ text }) => text).join(" ")),
    own.length === 0 ? "no item" : own.map(itemLink).join("<br>"),
  ]);
}

/** What is missing; a control by its title, leading to where it stands. */
function missingRow({ what, why }: Gap, statuses: readonly ControlStatus[]): string {
  const control = statuses.find((status) => status.control.id === what)?.control;
  const named =
    control === undefined ? escape(what) : `<a href="#${escape(what)}">${escape(what)}</a> ${escape(control.title)}`;
  return row([named, escape(why)]);
}

const fileRow = (item: ManifestItem) =>
  row([
    `${itemLink(item)}<br><code>${escape(item.path)}</code>`,
    escape(item.kind ?? "of the bundle"),
    item.collectedAt ?? "",
    String(item.bytes),
    `<code>${item.digest}</code>`,
  ]);

/** A page that shows the bundle from the disk, in parts: no script, no network, links to the files beside it. */
export function* viewerPage(
  facts: BundleFacts,
  {
    sections,
    missing,
    items,
    statuses,
  }: {
    sections: readonly SectionState[];
    missing: readonly Gap[];
    items: readonly ManifestItem[];
    statuses: readonly ControlStatus[];
  },
): Generator<string> {
  const status = facts.isDryRun
    ? ["dry", "Dry run: no evidence for anybody"]
    : missing.length === 0
      ? ["complete", "Complete"]
      : ["incomplete", "Incomplete"];
  const hash = createHash("sha256").update(STYLE, "utf8").digest("base64");
  const controls = [...statuses].sort((a, b) => (a.control.id < b.control.id ? -1 : 1));
  const files = [...items].sort(byPath);
  const own = itemsByControl(files);
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evidence of ${escape(facts.tenant.name)}</title><style>${STYLE}</style></head><body>
<h1>Evidence of ${escape(facts.tenant.name)}</h1>
<p><span class="state ${status[0] ?? ""}">${status[1] ?? ""}</span> · ${escape(facts.tag)} · ${facts.period.from} to ${facts.period.to} · nothing newer than ${facts.asOf}</p>
<p>This page shows what the bundle says. Whether it is genuine, <a href="../VERIFY.md">a verifier</a> says.</p>
<h2>What is missing</h2>
${
  missing.length === 0
    ? "<p>Nothing.</p>"
    : table(
        ["Missing", "Why"],
        missing.map((gap) => missingRow(gap, statuses)),
      )
}
<h2>Parts</h2>
${table(
  ["Part", "State"],
  sections.map(({ title, state }) => row([escape(title), state])),
)}
<h2>Controls</h2>
${
  controls.length === 0
    ? "<p>The state of controls is not in this bundle.</p>"
    : table(
        ["Control", "Stance", "State", "Why", "Raw bytes"],
        controls.map((found) => controlRow(found, own.get(found.control.id) ?? [])),
      )
}
<h2>Files</h2>
${tableHead(["File", "Kind", "Collected", "Bytes", "SHA-256"])}`;
  for (const file of files) yield fileRow(file);
  yield `${TABLE_END}
</body></html>
`;
}
