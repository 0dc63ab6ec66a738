import type { BundleFacts, Gap, SectionState } from "./domain/manifest";
import { markdownTable } from "@/server/kernel/text-table";

/** What README.md of a bundle says. */
export function readme(
  facts: BundleFacts,
  folder: string,
  { sections, missing }: { sections: readonly SectionState[]; missing: readonly Gap[] },
): string {
  const status = facts.isDryRun ? "DRY RUN: no evidence for anybody" : missing.length === 0 ? "complete" : "INCOMPLETE";
  const gaps =
    missing.length === 0
      ? "Nothing is missing.\n"
      : markdownTable([["Missing", "Why"], ...missing.map(({ what, why }) => [what, why])]);
  return `# Evidence of ${facts.tenant.name.replaceAll(/[\r\n]+/g, " ")}

${markdownTable([
  ["", ""],
  ["Status", status],
  ["Tag", facts.tag],
  ["Period", `${facts.period.from} to ${facts.period.to}`],
  ["Nothing newer than", facts.asOf],
  ["Control catalogue", facts.catalogueVersion ?? "none"],
  ["Policy", facts.policyRevision],
])}
## What is missing

${gaps}
## Parts

${markdownTable([["Part", "State"], ...sections.map(({ title, state }) => [title, state])])}
\`manifest.json\` lists every file with its digest, its times and what it is. \`manifest.dsse.json\` signs it. How to check
all of it without a network: \`VERIFY.md\`. To look at it: open \`viewer/index.html\` in ${folder}.
`;
}

const OUTSIDE = {
  "manifest.tsr": `\`manifest.tsr\` is a time stamp (RFC 3161) over \`manifest.dsse.json\`: its authority saw that file at the time it names, so
nothing in this bundle is younger. \`TSA.pem\` is the authority's certificate, from the authority:

\`\`\`
openssl ts -verify -data manifest.dsse.json -in manifest.tsr -CAfile TSA.pem
openssl ts -reply -in manifest.tsr -text
\`\`\`
`,
  "manifest.sigstore.json": `\`manifest.sigstore.json\` is the same statement signed by Sigstore, under a certificate for the identity of whatever
sealed it, and noted in Rekor's log. Name that identity whole, as a pattern without an anchor accepts longer ones:

\`\`\`
cosign verify-blob-attestation --bundle manifest.sigstore.json --type urn:maestro-conductor:evidence-bundle:v1 \\
  --certificate-identity IDENTITY --certificate-oidc-issuer ISSUER manifest.json
\`\`\`
`,
} as const;

const outside = (paths: readonly (keyof typeof OUTSIDE)[]): string =>
  paths.length === 0 ? "" : `\n## 4. What others vouch for\n\n${paths.map((path) => OUTSIDE[path]).join("\n")}`;

/** The printed procedure; its commands are run word for word by a test. */
export const verifyGuide = (
  folder: string,
  testimonies: readonly (keyof typeof OUTSIDE)[],
): string => `# How to verify this bundle

No command below needs a network. \`BUNDLE.zip\` is the file as you were given it, and you are in the folder that it
unpacks to, \`${folder}\`, beside it.

## 1. With one of three programs that share no code

Do not run a verifier out of a bundle that you doubt: take it from a place that you trust, such as the product itself.

\`\`\`sh
node verify/verify.mjs ../BUNDLE.zip
python3 verify/verify.py ../BUNDLE.zip
sh verify/verify.sh ../BUNDLE.zip
\`\`\`

They need Node 20, or Python 3.9, or a Debian machine with \`openssl\` 3, \`unzip\` and \`jq\`. All say the same:
\`ok\`, \`incomplete\` (something expected is missing, the manifest says what), \`dry_run\` or \`refused\` with the first
bad item and why. \`cut\` is a bundle under the same root from which something was left out for whom it was made: how many
files is said, \`withheld.sha256\` names them, and the manifest says what each is. Exit code 1 means refused.

## 2. Against a key that you trust

Keys that came with a bundle prove only that one hand made all of it: the verdict says that it is not anchored. Take the
keys from whoever operates the product, by another way than this file (\`npx conductor evidence-keys\` prints them), and
compare them by telephone or letter:

\`\`\`
node verify/verify.mjs --trust KEYS.pem ../BUNDLE.zip
\`\`\`

## 3. By hand

The digests of all files, as \`manifest.sha256\` lists them (for a cut, add \`--ignore-missing\`):

\`\`\`sh
sha256sum --check --quiet manifest.sha256
\`\`\`

What the root signs, in words: the tag, whether it is a dry run, whether it is complete, and the digests of the manifest
and of that list:

\`\`\`sh
jq -r .payload manifest.dsse.json | base64 -d | jq .
sha256sum manifest.json manifest.sha256
\`\`\`
${outside(testimonies)}`;
