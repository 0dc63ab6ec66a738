import { canonicalJson } from "@/server/kernel/json";
import type { SignedHead } from "@/server/receipts/domain/head";
import { contentDigest, type Link, linkContent, linkHash } from "@/server/receipts/domain/link";
import { byPath } from "../domain/format";
import type { Signer } from "../domain/seal";
import { type Parts, partsOf, rooted, sealed } from "./parts";
import { FROM, headKeyFile, sampleChain, sampleHead, sealingWith, TO } from "./sample";

const RECEIPTS = 5;
const line = (value: unknown) => `${canonicalJson(value)}\n`;
const lineOf = (link: Link) => {
  const { hash, previousHash, seq } = link;
  return line({ content: linkContent(link), hash, previousHash, seq });
};

/** A chain of the same contents with every place and hash made anew. */
function rechained(links: readonly Link[]): Link[] {
  const made: Link[] = [];
  for (const link of links) {
    const [seq, previousHash] = [made.length + 1, made.at(-1)?.hash ?? links[0]?.previousHash ?? ""];
    made.push({ ...link, seq, previousHash, hash: linkHash(previousHash, seq, contentDigest(link)) });
  }
  return made;
}

/**
 * Ledgers that somebody who holds the sealing key, and not the key of the heads, seals anew: only the chain and its heads can give
 * them away.
 */
export function ledgerMutants(bundle: Buffer, ours: Signer): { name: string; bytes: Buffer }[] {
  const parts = partsOf(bundle);
  const links = sampleChain(RECEIPTS);
  const honest = parts.files.find(({ path }) => path === "ledger/consistency.json")?.content.toString() ?? "";
  const make = (name: string, files: Record<string, string | null>) => {
    const kept = parts.files.filter(({ path }) => files[path] === undefined);
    const added = Object.entries(files).flatMap(([path, text]) =>
      text === null ? [] : [{ path, content: Buffer.from(text) }],
    );
    const changed: Parts = { ...parts, files: [...kept, ...added].sort(byPath) };
    return { name: `ledger: ${name}`, bytes: sealed(rooted(changed, ours), ours) };
  };
  const chain = (name: string, made: readonly Link[], to = (text: string) => text) =>
    make(name, { "ledger/range.jsonl": to(made.map(lineOf).join("")) });
  const headed = (name: string, made: readonly Link[], ends: object, more: Record<string, string> = {}) => {
    const said = { ...(JSON.parse(honest) as { closing: SignedHead }), ...ends };
    return make(name, {
      ...{ "ledger/range.jsonl": made.map(lineOf).join(""), "ledger/head.json": line(said.closing) },
      ...{ "ledger/consistency.json": line(said), ...more },
    });
  };
  const forged = links.map((link) => (link.seq === 3 ? { ...link, body: { detail: { name: "forged" } } } : link));
  const without = (seq: number) => links.filter((link) => link.seq !== seq);
  const [one, two, three, ...others] = links;
  const exchanged = [one, three, two, ...others].filter((link) => link !== undefined);
  const stranger = sampleHead(rechained(forged), TO, "theirs");
  const theirs = sealingWith("theirs").headKeys[0]?.keyId ?? "";
  const bySeal = sampleHead(rechained(forged), TO, "ours", "seal");
  return [
    chain("a receipt changed", forged),
    chain("a receipt changed and the chain made anew", rechained(forged)),
    ...[1, 3, RECEIPTS].map((seq) => chain(`receipt ${seq} left out`, without(seq))),
    chain("a receipt left out and the chain made anew", rechained(without(2))),
    chain("two receipts exchanged", exchanged),
    chain("a receipt twice", [...links.slice(0, 2), ...links.slice(1)]),
    chain("a receipt more", sampleChain(RECEIPTS + 1)),
    chain("no receipt", []),
    chain("a line with a space", links, (text) => text.replace('{"content"', '{ "content"')),
    chain("a line without its end", links, (text) => text.slice(0, -1)),
    chain("an empty line", links, (text) => `${text}\n`),
    chain("a line of another tenant", links, (text) => text.replace(/"tenantId":"ten_0/, '"tenantId":"ten_1')),
    chain("a control character", links, (text) => text.replace("run:2", "run:\u00012")),
    chain("another hash in a body", links, (text) => text.replace('"hash":"sha256:0"', '"hash":"sha256:1"')),
    headed("a head signed with the sealing key", rechained(forged), { closing: bySeal }),
    headed("a head signed with a stranger's key", rechained(forged), { closing: stranger }),
    headed(
      "a stranger's key for heads",
      rechained(forged),
      { closing: stranger },
      { [`verify/keys/${theirs}.pem`]: headKeyFile("theirs") },
    ),
    headed(
      "the sealing key called one for heads",
      rechained(forged),
      { closing: bySeal },
      { "verify/keys/x.pem": headKeyFile("ours", "seal") },
    ),
    headed("an earlier head, and less", links.slice(0, 3), { closing: sampleHead(links.slice(0, 3), FROM) }),
    headed("a later beginning", links.slice(2), { opening: sampleHead(links.slice(0, 2), TO) }),
    headed("a head of another tenant", links, { closing: { ...sampleHead(links, TO), tenantId: "ten_1" } }),
    headed("another genesis", links, { genesis: `sha256:${"0".repeat(64)}` }),
    headed("another tenant", links, { tenantId: "ten_1" }),
    headed("no closing head", links, { closing: null }),
    headed("more among the heads", links, { more: 1 }),
    make("heads with a space", { "ledger/consistency.json": honest.replace("{", "{ ") }),
    make("another head beside", { "ledger/head.json": line(sampleHead(links.slice(0, 3), TO)) }),
    make("no heads", { "ledger/consistency.json": null }),
    make("no receipts", { "ledger/range.jsonl": null }),
    make("nothing", { "ledger/consistency.json": null, "ledger/head.json": null, "ledger/range.jsonl": null }),
  ];
}
