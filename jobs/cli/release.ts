import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { signerOf } from "@/server/bundles";
import { envelopeText, statementText } from "@/server/bundles/domain/seal";
import { keepRelease, listRelease, type ReleaseFile } from "@/server/collectors";
import { invalid } from "@/server/kernel/errors";
import { blobStoreOf } from "@/server/platform/blob-store";
import { type Env, parseEnv } from "@/server/platform/env";
import { buildIfStale } from "./build";
import { completeEnvironment, gitRevision, ROOT } from "./local-state";
import { readPlaywright, readVitest } from "./test-results";

const PROVENANCE = "https://slsa.dev/provenance/v1";
const TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";
/** Names how a build is made; it leads nowhere. */
const BUILD_TYPE = "urn:maestro-conductor:next-build:v1";
const BUILDER = "urn:maestro-conductor:release-command";
const MOST_BYTES = 64 * 1024 * 1024;

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

/** Files of the build that are served or run, but not what it caches between builds. */
function builtFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/^(cache|diagnostics|trace)/.test(file))
    .sort();
}

/** One digest over all files of the build: of the list of their digests and names, as `sha256sum` prints it. */
function buildDigest(folder: string): string {
  const lines = builtFiles(folder).map((file) => `${sha256(readFileSync(path.join(folder, file)))}  ${file}\n`);
  return sha256(lines.join(""));
}

const git = (...args: string[]): string | null => {
  const { status, stdout } = spawnSync("git", args, { cwd: ROOT, encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
};

/** What is installed for production, as CycloneDX 1.6; the same installation gives the same bytes. */
async function sbom(): Promise<Buffer> {
  const program = path.join(ROOT, "node_modules", "@cyclonedx", "cyclonedx-npm", "bin", "cyclonedx-npm-cli.js");
  const options = ["--omit", "dev", "--output-reproducible", "--spec-version", "1.6", "--output-format", "JSON"];
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...options, "--output-file", "-"], {
    ...{ cwd: ROOT, maxBuffer: MOST_BYTES, encoding: "utf8" },
  });
  return Buffer.from(stdout, "utf8");
}

/** How the build came to be. The build is ours and so is the key: build level 1 of SLSA, and it claims no more. */
function provenance(e: Env, folder: string, sbomDigest: string): string {
  const lock = sha256(readFileSync(path.join(ROOT, "package-lock.json")));
  const [commit, changes] = [git("rev-parse", "HEAD"), git("status", "--porcelain")];
  const source = commit === null ? [] : [{ name: "source", digest: { gitCommit: commit } }];
  const predicate = {
    buildDefinition: {
      buildType: BUILD_TYPE,
      externalParameters: { revision: e.CONDUCTOR_REVISION },
      // A build of files that no commit holds says so.
      internalParameters: { node: process.version, uncommittedChanges: changes !== "" },
      resolvedDependencies: [...source, { name: "package-lock.json", digest: { sha256: lock } }],
    },
    runDetails: {
      builder: { id: BUILDER },
      byproducts: [{ name: "sbom.cdx.json", digest: { sha256: sbomDigest } }],
    },
  };
  const subject = [{ name: `build:${e.CONDUCTOR_REVISION}`, digest: buildDigest(folder) }];
  return `${envelopeText(statementText(subject, PROVENANCE, predicate), signerOf(e))}\n`;
}

const reportSchema = z.looseObject({ testResults: z.array(z.unknown()).optional() });

/** What reports of vitest or Playwright say, of the source that lies here: that they were run on it is what whoever asks says. */
function testResults(e: Env, reports: readonly string[]): string {
  const read = reports.map((file) => {
    const bytes = readFileSync(path.resolve(file));
    const parsed = JSON.parse(bytes.toString("utf8")) as unknown;
    const isVitest = reportSchema.safeParse(parsed).data?.testResults !== undefined;
    const results = isVitest ? readVitest(parsed) : readPlaywright(parsed);
    return { name: path.basename(file), digest: sha256(bytes), ...results };
  });
  const failed = read.flatMap(({ failed: failures }) => failures.map(({ test }) => test));
  const passedCount = read.reduce((sum, { passed }) => sum + passed, 0);
  const predicate = {
    // A report of nothing has passed nothing.
    result: failed.length === 0 && passedCount > 0 ? "PASSED" : "FAILED",
    configuration: read.map(({ name, digest }) => ({ name, digest: { sha256: digest } })),
    passedCount,
    failedTests: failed,
    uncommittedChanges: git("status", "--porcelain") !== "",
  };
  const listing = git("ls-tree", "-r", "HEAD");
  if (listing === null) throw invalid("Test results are of a commit, and here is no repository.");
  const subject = [{ name: `git ls-tree -r ${e.CONDUCTOR_REVISION}`, digest: sha256(`${listing}\n`) }];
  return `${envelopeText(statementText(subject, TEST_RESULT, predicate), signerOf(e))}\n`;
}

/** Keeps what is to be kept of the release that is built here; what is kept already stays. Gives what is new. */
export async function makeRelease(
  e: Env,
  reports: readonly string[] = [],
  built = path.join(ROOT, ".next"),
): Promise<ReleaseFile[]> {
  const [blobs, revision] = [blobStoreOf(e), e.CONDUCTOR_REVISION];
  const known = await listRelease(blobs, revision);
  const made: ReleaseFile[] = [];
  const keep = async (file: ReleaseFile, text: Uint8Array | string) => {
    if ((await keepRelease(blobs, revision, file, Buffer.from(text))) === "kept") made.push(file);
  };
  if (!known.includes("provenance") && existsSync(path.join(built, "BUILD_ID"))) {
    const materials = await sbom();
    await keep("sbom", materials);
    await keep("provenance", provenance(e, built, sha256(materials)));
  }
  if (!known.includes("test-results") && reports.length > 0) await keep("test-results", testResults(e, reports));
  return made;
}

/** Builds the product where its sources changed, and keeps the build's bill of materials, provenance and test results. */
export async function runRelease({
  testResults: reports,
  json,
}: {
  testResults: string[];
  json: boolean;
}): Promise<number> {
  completeEnvironment("local");
  process.env.CONDUCTOR_REVISION ??= gitRevision() ?? "unknown";
  const e = parseEnv(process.env);
  buildIfStale((line) => void process.stderr.write(`· ${line}\n`));
  const made = await makeRelease(e, reports);
  const kept = await listRelease(blobStoreOf(e), e.CONDUCTOR_REVISION);
  const news = made.length === 0 ? "nothing new" : `new: ${made.join(", ")}`;
  process.stdout.write(
    json
      ? `${JSON.stringify({ revision: e.CONDUCTOR_REVISION, made, kept })}\n`
      : `Release ${e.CONDUCTOR_REVISION}: ${news}; kept: ${kept.join(", ")}.\n`,
  );
  return 0;
}
