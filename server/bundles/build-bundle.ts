import { randomBytes } from "node:crypto";
import { readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { Database } from "@/db/client";
import { notFound, unavailable } from "@/server/kernel/errors";
import { type BlobStore, blobStoreOf } from "@/server/platform/blob-store";
import type { Env } from "@/server/platform/env";
import type { SigningKey } from "@/server/platform/keys";
import { revisionOf } from "@/server/verb";
import { readme, verifyGuide } from "./documents";
import { type Audience, withheldFrom } from "./domain/cuts";
import { bundleFolder, type BundleTag, byPath, type Completeness } from "./domain/format";
import {
  type BundleFacts,
  completenessOf,
  digestList,
  type Gap,
  type ManifestItem,
  manifestText,
  type SectionState,
} from "./domain/manifest";
import { cutStatement, envelopeText, rootStatement, type Signer } from "./domain/seal";
import { headKeysOf, keyFileText, keyOf, signerOf, type SealingKey, sealingKeys } from "./sealing-keys";
import { type BundleEntry, madeHere, type Section, type SectionScope, sectionState } from "./sections";
import { controls } from "./sections/controls";
import { evidenceBy } from "./sections/evidence";
import { findings } from "./sections/findings";
import { ledgerBy } from "./sections/ledger";
import { oscal } from "./sections/oscal";
import { sellSheet } from "./sections/sell-sheet";
import { type ControlsState, findTenant, type Sources, sourcesOf } from "./sources";
import { type Content, Spool, type SpooledFile } from "./spool";
import { unfinishedName } from "./stale-files";
import { viewerPage } from "./viewer";
import { type Witnesses, witnessesOf } from "./witnesses/witnesses";
import { writeArchive } from "./write-archive";

/** What a bundle is asked to be. The same ask over the same data gives the same bytes. */
export interface BundleAsk {
  tag: BundleTag;
  from: Date;
  to: Date;
  /** Nothing newer comes in: with an end that has passed, the end itself. */
  asOf: Date;
  isDryRun: boolean;
  /** For whom it is cut: with the root of the whole, and without what is not for them. */
  cut?: Audience | undefined;
}

export interface BuiltBundle {
  folder: string;
  /** SHA-256 of the file, lower hex. */
  digest: string;
  bytes: number;
  files: number;
  completeness: Completeness;
  missing: readonly Gap[];
  /** Files that a cut leaves out. */
  withheld: number;
}

/** What is sealed, by whom: all that does not come from the tenant's data. */
export interface Sealing {
  signer: Signer;
  keys: readonly SealingKey[];
  /** Keys that signed heads of receipts. */
  headKeys: readonly SigningKey[];
  witnesses: Witnesses;
  productRevision: string;
}

const VERIFIERS = ["archive.mjs", "verify.mjs", "verify.py", "verify.sh"] as const;
const EVERY_FILES = 500;

class Bundle {
  files: SpooledFile[] = [];
  readonly items: ManifestItem[] = [];

  constructor(
    private readonly spool: Spool,
    private readonly onProgress: (files: number) => Promise<void>,
  ) {}

  async add({ content, path: name, ...facts }: BundleEntry): Promise<void> {
    const file = await this.spool.add(name, content);
    this.files.push(file);
    this.items.push({ ...facts, path: name, bytes: file.bytes, digest: file.digest });
    if (this.files.length % EVERY_FILES === 0) await this.onProgress(this.files.length);
  }

  /** Files that the root is made of: no list names them. */
  async addRoot(name: string, content: Content): Promise<SpooledFile> {
    const file = await this.spool.add(name, content);
    this.files.push(file);
    return file;
  }

  /** Leaves out what is not for somebody, and says so under the root of the whole, signed. Gives how many files. */
  async cut(audience: Audience, manifest: string, signer: Signer): Promise<number> {
    const items = withheldFrom(audience, this.items);
    const left = new Set(items.map((item) => item.path));
    const { digest: withheld } = await this.addRoot("withheld.sha256", digestList(items));
    await this.addRoot("cut.dsse.json", envelopeText(cutStatement({ manifest, withheld }, audience), signer));
    this.files = this.files.filter((file) => !left.has(file.path));
    return left.size;
  }
}

async function addSections(bundle: Bundle, sections: readonly Section[], of: Omit<SectionScope, "period">) {
  const { facts } = of;
  const period = { from: new Date(facts.period.from), to: new Date(facts.asOf) };
  const [states, missing]: [SectionState[], Gap[]] = [[], []];
  for (const section of sections) {
    const entries = section.entries({ ...of, period });
    const before = bundle.files.length;
    let next = await entries.next();
    while (next.done !== true)
      next = await bundle.add(next.value).then(
        () => entries.next(),
        (error: unknown) => entries.throw(error),
      );
    states.push(sectionState(section, bundle.files.length - before, next.value));
    missing.push(...next.value.gaps);
  }
  return { sections: states, missing };
}

async function addVerifiers(bundle: Bundle, { keys, headKeys, witnesses }: Sealing, folder: string): Promise<void> {
  for (const name of VERIFIERS) {
    const content = await readFile(path.join(process.cwd(), "server", "bundles", "verifiers", name));
    await bundle.add({ ...madeHere("An offline verifier", "text/plain"), path: `verify/${name}`, content });
  }
  const addKey = (key: SealingKey, role: "seals" | "heads") =>
    bundle.add({
      ...madeHere("A public key", "application/x-pem-file"),
      ...{ path: `verify/keys/${key.keyId}.pem`, content: keyFileText(key, role) },
    });
  for (const key of keys) await addKey(key, "seals");
  for (const key of headKeys) await addKey(keyOf(key), "heads");
  const guide = madeHere("How to verify this bundle", "text/markdown");
  await bundle.add({ ...guide, path: "VERIFY.md", content: verifyGuide(folder, witnesses.paths) });
}

/** Fills a spool and writes it as one sealed file. Pure but for files: the same facts and sources give the same bytes. */
export async function composeBundle(
  target: string,
  asked: {
    facts: BundleFacts;
    controls: ControlsState;
    sources: Omit<Sources, "controls">;
    sealing: Sealing;
    cut?: Audience | undefined;
    onProgress?: (files: number) => Promise<void>;
  },
): Promise<BuiltBundle> {
  const { facts, controls: controlsState, sources, sealing } = asked;
  const folder = bundleFolder(facts.tenant.slug, { from: new Date(facts.period.from), to: new Date(facts.period.to) });
  const suffix = randomBytes(6).toString("hex");
  const partial = unfinishedName(target, suffix, "partial");
  const spool = await Spool.at(unfinishedName(target, suffix, "spool"));
  try {
    const bundle = new Bundle(spool, asked.onProgress ?? (async () => undefined));
    const sections = [controls, ledgerBy(sealing.headKeys), evidenceBy(sealing.signer), findings, oscal, sellSheet];
    const parts = await addSections(bundle, sections, { facts, controls: controlsState, sources });
    await addVerifiers(bundle, sealing, folder);
    const about = madeHere("What this bundle is", "text/markdown");
    await bundle.add({ ...about, path: "README.md", content: readme(facts, folder, parts) });
    const page = viewerPage(facts, {
      ...parts,
      items: bundle.items,
      statuses: "absent" in controlsState ? [] : controlsState.statuses,
    });
    await bundle.add({ ...madeHere("A page to look at it", "text/html"), path: "viewer/index.html", content: page });

    const items = bundle.items.sort(byPath);
    const manifest = await bundle.addRoot("manifest.json", manifestText(facts, { ...parts, items }));
    const list = await bundle.addRoot("manifest.sha256", digestList(items));
    const completeness = completenessOf(parts.missing);
    const { tag, isDryRun: dryRun, tenant, period } = facts;
    const said = { tag, dryRun, completeness, tenant: tenant.slug, period };
    const root = rootStatement({ manifest: manifest.digest, list: list.digest }, said);
    const envelope = envelopeText(root, sealing.signer);
    await bundle.addRoot("manifest.dsse.json", envelope);
    for (const { path: name, content } of await sealing.witnesses.testify(envelope, root))
      await bundle.addRoot(name, content);
    const withheld = asked.cut === undefined ? 0 : await bundle.cut(asked.cut, manifest.digest, sealing.signer);
    const { files } = bundle;
    const written = await writeArchive(partial, { folder, spool, files, signer: sealing.signer });
    await rename(partial, target);
    return { folder, ...written, files: files.length, completeness, missing: parts.missing, withheld };
  } catch (error) {
    if ((error as { code?: string }).code === "ENOSPC")
      throw unavailable("The disk is full. Nothing half-written was left.", error);
    throw error;
  } finally {
    await spool.remove();
    await rm(partial, { force: true });
  }
}

/** What a deployment seals with: its key, and all that it has sealed with before. */
export const sealingOf = async (e: Env, blobs: BlobStore = blobStoreOf(e)): Promise<Sealing> => ({
  ...{ signer: signerOf(e), keys: await sealingKeys(e, blobs), headKeys: headKeysOf(e) },
  witnesses: witnessesOf(e, blobs),
  productRevision: e.CONDUCTOR_REVISION,
});

/**
 * Builds the bundle of a tenant into a file. Whatever goes wrong, nothing is at its place but a whole bundle. Throws NotFound for a
 * tenant that is gone, Unavailable where the disk is full or evidence is not what was collected.
 */
export async function buildBundle(
  ctx: { database: Database; tenantId: string; blobs: BlobStore; sealing: Sealing; sources?: Sources },
  ask: BundleAsk,
  target: string,
  onProgress?: (files: number) => Promise<void>,
): Promise<BuiltBundle> {
  const tenant = await findTenant(ctx);
  if (tenant === null) throw notFound("tenant");
  const sources = ctx.sources ?? sourcesOf(ctx);
  const controlsState = await sources.controls(ask.asOf, ask.from);
  const facts: BundleFacts = {
    tenant: { id: ctx.tenantId, slug: tenant.slug, name: tenant.name },
    period: { from: ask.from.toISOString(), to: ask.to.toISOString() },
    ...{ asOf: ask.asOf.toISOString(), tag: ask.tag, isDryRun: ask.isDryRun },
    catalogueVersion: "absent" in controlsState ? null : controlsState.catalogueVersion,
    ...{ policyRevision: revisionOf(tenant), productRevision: ctx.sealing.productRevision },
  };
  return composeBundle(target, {
    facts,
    controls: controlsState,
    sources,
    sealing: ctx.sealing,
    cut: ask.cut,
    onProgress,
  });
}

/** The moment after which nothing comes in: the period's end, or now where that is earlier. */
export const asOfFor = (to: Date, now: Date): Date => (to < now ? to : now);
