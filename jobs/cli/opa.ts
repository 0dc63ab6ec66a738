import { spawnSync } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { GOVERNANCE_PROFILES } from "@/policies/access/vocabulary";
import { bundleOf } from "@/policies/compile/bundle";
import { SCOPE } from "@/policies/compile/bundle-signature";
import { packed, unpacked } from "@/policies/compile/tar";
import { shippedBundleTexts } from "./bundle";
import { ROOT } from "./local-state";

const MODULE = "github.com/open-policy-agent/opa@latest";
/** Building OPA anew takes minutes on a small machine. */
const BUILD_WITHIN_MS = 20 * 60_000;
const KEY_ID = "conformance";

type Settings = Readonly<Record<string, string | undefined>>;

/** The program to drive, or why there is none. */
type FoundOpa = { program: string } | { skipped: string };

/** OPA as OPA_BIN names it, else built from its module where Go is present; throws Error where building fails. */
function findOpa({ OPA_BIN: named, PATH: searched = "" }: Settings): FoundOpa {
  if (named !== undefined && named !== "") return { program: named };
  const hasGo = searched.split(path.delimiter).some((folder) => existsSync(path.join(folder, "go")));
  if (!hasGo) return { skipped: "Go is not installed to build OPA with, and OPA_BIN names no program" };
  const folder = path.join(ROOT, ".conductor", "tools");
  mkdirSync(folder, { recursive: true });
  process.stderr.write(`Building ${MODULE}; the first time this takes minutes.\n`);
  const env = { ...process.env, GOBIN: folder };
  const built = spawnSync("go", ["install", MODULE], { env, encoding: "utf8", timeout: BUILD_WITHIN_MS });
  if (built.status !== 0) throw new Error(`OPA could not be built: ${built.stderr.slice(-1_000)}`);
  return { program: path.join(folder, "opa") };
}

interface Outcome {
  name: string;
  passed: boolean;
  said: string;
}

/** Runs OPA; with `refusal` it has to refuse, and to say so in these words. */
function drive(program: string, name: string, args: readonly string[], refusal?: RegExp): Outcome {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  const said = error?.message ?? `${stdout}${stderr}`.trim().split("\n").slice(-3).join("\n");
  return { name, passed: refusal === undefined ? status === 0 : status !== 0 && refusal.test(said), said };
}

const verifying = (bundle: string, key: string, out: string) => [
  ...["build", "--v0-compatible", "--bundle", bundle, "--output", out],
  ...["--verification-key", key, "--verification-key-id", KEY_ID, "--signing-alg", "ES256", "--scope", SCOPE],
];

async function ofProfile(program: string, profile: (typeof GOVERNANCE_PROFILES)[number], folder: string) {
  const [key, others] = [0, 1].map(() => generateKeyPairSync("ec", { namedCurve: "prime256v1" }));
  if (key === undefined || others === undefined) throw new Error("two keys were made");
  const put = (name: string, content: string | Buffer) => {
    writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };
  const pem = (publicKey: KeyObject) => publicKey.export({ format: "pem", type: "spki" });
  const texts = await shippedBundleTexts(profile);
  const signed = bundleOf(texts, { privateKey: key.privateKey, keyId: KEY_ID });
  const bundle = put("bundle.tar.gz", signed);
  const opened = put("opened.tar.gz", changedIn(signed, "default allow := false", "default allow := true"));
  const faulty = {
    ...texts,
    "policy.rego": texts["policy.rego"]?.replace("count(denied) == 0", "count(denied) >= 0") ?? "",
  };
  const wrong = put("wrong.tar.gz", bundleOf(faulty, { privateKey: key.privateKey, keyId: KEY_ID }));
  const [ours, theirs, out] = [
    put("ours.pem", pem(key.publicKey)),
    put("theirs.pem", pem(others.publicKey)),
    path.join(folder, "out.tar.gz"),
  ];
  return [
    drive(program, `${profile}: its scenarios, as OPA 0.x reads them`, ["test", "--v0-compatible", "--bundle", bundle]),
    drive(program, `${profile}: its scenarios, as OPA 1.x reads them`, ["test", "--v1-compatible", "--bundle", bundle]),
    drive(
      program,
      `${profile}: a denial that does not count is seen`,
      ["test", "--v1-compatible", "--bundle", wrong],
      /FAIL/,
    ),
    drive(program, `${profile}: its signature`, verifying(bundle, ours, out)),
    drive(program, `${profile}: another's key is refused`, verifying(bundle, theirs, out), /failed to verify|invalid/),
    drive(program, `${profile}: a changed policy is refused`, verifying(opened, ours, out), /digest mismatch/),
  ];
}

/** A signed archive with some of its text replaced afterwards. */
function changedIn(archive: Buffer, from: string, to: string): Buffer {
  const files = unpacked(archive).map(({ name, bytes }) => ({
    ...{ name, bytes: Buffer.from(bytes.toString("utf8").replace(from, to), "utf8") },
  }));
  return packed(files);
}

/** Proves that the current OPA reads the bundles, proves their scenarios and verifies their signatures. Exit code 1 if not. */
export async function opaConformance(): Promise<number> {
  const found = findOpa(process.env);
  if ("skipped" in found) {
    process.stderr.write(`– OPA on the bundles: skipped, as ${found.skipped}\n`);
    return 0;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "conductor-opa-"));
  try {
    const outcomes: Outcome[] = [];
    for (const profile of GOVERNANCE_PROFILES) outcomes.push(...(await ofProfile(found.program, profile, folder)));
    for (const { name, passed, said } of outcomes)
      process.stderr.write(`${passed ? "✓" : "✗"} OPA, ${name}${passed ? "" : `: ${said}`}\n`);
    return outcomes.every(({ passed }) => passed) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
