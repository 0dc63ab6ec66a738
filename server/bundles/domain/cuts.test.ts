import { describe, expect, it } from "vitest";
import { AUDIENCES, withheldFrom } from "./cuts";
import type { ManifestItem } from "./manifest";

const item = (path: string, kind: string | null = null): ManifestItem => ({
  ...{ path, kind, title: path, mediaType: "text/plain", source: "bundle", bytes: 1, digest: "0".repeat(64) },
  ...{ collectedAt: null, coversFrom: null, coversTo: null, controls: [], state: null },
});

const ITEMS = [
  ...[item("README.md"), item("attestations.intoto.jsonl"), item("controls/coverage.json")],
  ...[item("findings/findings.json"), item("findings.md"), item("ledger/head.json"), item("ledger/range.jsonl")],
  ...[item("supply-chain/1/sbom.json", "sbom"), item("supply-chain/2/provenance.json", "provenance")],
  ...[item("access-reviews/1/review.json", "access-review"), item("slo/1/slo.json", "slo-capture")],
];

describe("a cut", () => {
  it.each([
    ["auditor", ["supply-chain/1/sbom.json"]],
    [
      "customer",
      [
        ...["attestations.intoto.jsonl", "findings/findings.json", "ledger/range.jsonl", "supply-chain/1/sbom.json"],
        "access-reviews/1/review.json",
      ],
    ],
  ] as const)("for an %s leaves out what its table says, and nothing else", (audience, paths) => {
    expect(withheldFrom(audience, ITEMS).map(({ path }) => path)).toEqual(paths);
  });

  it("never leaves out what it is read and verified with", () => {
    const needed = ["README.md", "VERIFY.md", "verify/verify.py", "verify/keys/0.pem", "controls/coverage.json"];
    for (const audience of AUDIENCES)
      expect(
        withheldFrom(
          audience,
          needed.map((path) => item(path)),
        ),
      ).toEqual([]);
  });
});
