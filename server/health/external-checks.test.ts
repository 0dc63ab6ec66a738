import { expect, it } from "vitest";
import { checkFlags } from "./external-checks";

const live = { provider: "live", revision: 12, isConfigured: true, problem: null, missing: 0 } as const;

it.each<[string, Parameters<typeof checkFlags>[0], string, string]>([
  ["the server", live, "ok", "live: the flag server answers (revision 12)"],
  ["a server without our flags", { ...live, missing: 3 }, "degraded", "3 flags are missing: npx conductor flags apply"],
  [
    "what it said last",
    { ...live, provider: "backup", problem: "it answers 503" },
    "degraded",
    "backup: what the flag server said last (revision 12); the server: it answers 503",
  ],
  [
    "the catalogue, though a server is configured",
    { ...live, provider: "bootstrap", revision: null, problem: "it cannot be reached" },
    "degraded",
    "bootstrap: the flags of the catalogue; the server: it cannot be reached",
  ],
  [
    "nothing",
    { ...live, provider: "none", revision: null, missing: 26 },
    "degraded",
    "none: nothing: every paid feature is held back; the server: not asked yet",
  ],
  [
    "the catalogue, as no server is configured",
    { ...live, provider: "bootstrap", revision: null, isConfigured: false },
    "ok",
    "bootstrap: the flags of the catalogue",
  ],
])("says that %s decides", (_whose, standing, status, detail) => {
  const check = checkFlags(standing);
  expect([check.status, check.detail]).toEqual([status, expect.stringContaining(detail)]);
});
