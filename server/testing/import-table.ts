/**
 * Who may import whom: the table of docs/architecture.md as data. ESLint reads it while people type, the architecture
 * test reads it over the whole tree.
 */
export type Room =
  | "kernel"
  | "domain"
  | "policies"
  | "db"
  | "platform"
  | "verb"
  | "auth"
  | "trpc"
  | "v1"
  | "router"
  | "feature"
  | "emails"
  | "jobs"
  | "engine"
  | "cli"
  | "api"
  | "app"
  | "load"
  | "e2e"
  | "testing"
  | "root";

const ROOMS: readonly (readonly [RegExp, Room])[] = [
  [/\.test\.tsx?$|(^|\/)testing\//, "testing"],
  [/^server\/kernel\//, "kernel"],
  [/^server\/[^/]+\/domain\//, "domain"],
  [/^policies\//, "policies"],
  [/^db\//, "db"],
  [/^server\/platform\//, "platform"],
  [/^server\/verb\//, "verb"],
  [/^server\/auth\//, "auth"],
  [/^server\/trpc\//, "trpc"],
  [/^server\/v1\//, "v1"],
  [/^server\/[^/]+\/router\.ts$/, "router"],
  [/^server\//, "feature"],
  [/^emails\//, "emails"],
  [/^jobs\/cli\//, "cli"],
  [/^jobs\/(engine|platform)\//, "engine"],
  [/^jobs\//, "jobs"],
  [/^app\/api\//, "api"],
  [/^app\//, "app"],
  [/^e2e\/(load|chaos|opa|unleash)\//, "load"],
  [/^e2e\//, "e2e"],
];

/** The room of a file, by its path from the root. */
function roomOf(file: string): Room {
  return ROOMS.find(([pattern]) => pattern.test(file))?.[1] ?? "root";
}

const KERNEL = /^server\/kernel\//;
const DOMAIN = /^server\/[^/]+\/domain\//;
const POLICIES = /^policies\//;
const VOCABULARY = /^policies\/access\/vocabulary/;
const DB = /^db\/(?!testing|seed)/;
const PLATFORM = /^server\/platform\//;
const VERB = /^server\/verb\/index/;
const AUTH = /^server\/auth\//;
const EMAILS = /^emails\//;
const SCHEMAS = /^server\/[^/]+\/schemas/;
const FEATURE_DOOR = /^server\/(?!kernel|platform|verb|trpc|testing|auth)[^/]+\/(index|events)/;
const ROUTER = /^server\/[^/]+\/router/;

/** What each room may import besides its own files. */
const MAY_IMPORT: Readonly<Record<Room, readonly RegExp[]>> = {
  kernel: [],
  domain: [KERNEL, VOCABULARY, DOMAIN],
  policies: [KERNEL, DOMAIN],
  db: [KERNEL, DOMAIN, POLICIES, /^server\/platform\/(env|keys)/],
  platform: [KERNEL, VOCABULARY, /^db\/messages/],
  // What a tenant has bought is asked before its transaction, in every write alike.
  verb: [KERNEL, DOMAIN, POLICIES, DB, /^server\/entitlements\/index/, /^server\/platform\/env/],
  auth: [/^db\/seed\/demo/, KERNEL, DOMAIN, PLATFORM, POLICIES, DB, VERB, EMAILS],
  trpc: [KERNEL, PLATFORM, POLICIES, DB, VERB, AUTH, ROUTER],
  v1: [KERNEL, DOMAIN, PLATFORM, DB, VERB, AUTH, FEATURE_DOOR],
  router: [KERNEL, SCHEMAS, /^server\/trpc\/(init|procedures)/],
  feature: [KERNEL, DOMAIN, POLICIES, DB, PLATFORM, VERB, FEATURE_DOOR],
  emails: [KERNEL, DOMAIN],
  jobs: [KERNEL, DOMAIN, PLATFORM, EMAILS, FEATURE_DOOR, /^jobs\/(deps|engine\/index|platform\/)/, /^db\/client/],
  engine: [KERNEL, PLATFORM, DB, FEATURE_DOOR, /^jobs\/(deps|index)/],
  cli: [
    /^e2e\/(load|chaos|unleash)\//,
    KERNEL,
    DOMAIN,
    POLICIES,
    PLATFORM,
    FEATURE_DOOR,
    /^jobs\//,
    DB,
    /^db\/(seed\/|process-database)/,
  ],
  api: [
    /^server\/(trpc\/http|v1\/http|auth\/|health\/index|triggers\/index|billing\/index|bundles\/index|platform\/)/,
    /^jobs\/index/,
  ],
  app: [
    KERNEL,
    DOMAIN,
    SCHEMAS,
    VOCABULARY,
    POLICIES,
    AUTH,
    /^server\/trpc\//,
    /^server\/platform\/(env|security-headers|incoming|pdf|chart)/,
    // A page that anybody reads: there is no caller for a procedure.
    /^server\/incidents\/status-page/,
    /^server\/trust-pages\/read-trust-page/,
    /^server\/guides\/read-guides/,
    /^db\/process-database/,
  ],
  // What is measured, or disturbed, is the product behind its doors.
  load: [
    KERNEL,
    DOMAIN,
    POLICIES,
    DB,
    PLATFORM,
    FEATURE_DOOR,
    VERB,
    /^db\/(testing|seed)\//,
    /^jobs\/(index|engine\/index)/,
    /^e2e\//,
    /^server\/(bundles\/)?testing\//,
  ],
  e2e: [KERNEL, /^db\/(testing|seed)\//],
  testing: [/^(server|db|policies|jobs|emails|app)\//, /^e2e\/(fixtures|sandbox|chaos|unleash)\//],
  root: [
    /^e2e\/fixtures\/chromium/,
    KERNEL,
    /^server\/platform\//,
    /^jobs\//,
    /^db\/seed\//,
    /^server\/testing\/import-table/,
  ],
};

/** Packages that only some rooms may use; every other package is free where its room's purpose asks for it. */
const PACKAGES: readonly (readonly [RegExp, readonly Room[]])[] = [
  [
    /^(pg|drizzle-orm|@neondatabase\/serverless)(\/|$)/,
    ["db", "verb", "auth", "trpc", "feature", "engine", "testing", "load"],
  ],
  [/^(next|next-auth|@mantine\/|@tanstack\/|lucide-react)/, ["app", "api", "auth", "root"]],
  // Charts are drawn on the server, to SVG.
  [/^(echarts|zrender|@napi-rs\/canvas)(\/|$)/, ["app", "platform"]],
  [/^(react|react-dom)(\/|$)/, ["app", "emails", "root", "testing"]],
  // The sandbox that stands in for it is typed by its SDK.
  [/^stripe(\/|$)/, ["platform", "e2e", "testing"]],
  [/^(unleash-client|@aws-sdk\/|@slack\/)/, ["platform", "testing"]],
  [/^inngest(\/|$)/, ["platform", "jobs", "engine", "testing"]],
  [/^nodemailer$/, ["platform", "feature", "testing"]],
  [/^@casl\/ability$/, ["policies"]],
];
// Rules are decided without reaching for anything outside their arguments.
const PURE_PACKAGES = /^(zod|canonicalize|uuidv7|jsonata|@marcbachmann\/cel-js|@dagrejs\/dagre|croner|node:crypto)$/;

function featureOf(file: string): string | undefined {
  return /^server\/([^/]+)\//.exec(file)?.[1];
}

function isOwnFile(from: string, to: string): boolean {
  const room = roomOf(from);
  if (room === "feature" || room === "router" || room === "domain") return featureOf(from) === featureOf(to);
  return room === roomOf(to) && room !== "root";
}

/** Why one file may not import another, in words; null when it may. Paths are from the root. */
export function whyForbidden(from: string, to: string): string | null {
  const room = roomOf(from);
  if (isOwnFile(from, to) || MAY_IMPORT[room].some((pattern) => pattern.test(to))) return null;
  return `${room} may not import ${to}: see "Who may import whom" in docs/architecture.md`;
}

/** Why a file may not import a package, in words; null when it may. */
export function whyPackageForbidden(from: string, specifier: string): string | null {
  const room = roomOf(from);
  if (room === "kernel" || room === "domain") {
    return PURE_PACKAGES.test(specifier) ? null : `${room} is pure: it may not import ${specifier}`;
  }
  const entry = PACKAGES.find(([pattern]) => pattern.test(specifier));
  if (entry === undefined || entry[1].includes(room)) return null;
  return `${room} may not import ${specifier}: it belongs to ${entry[1].join(", ")}`;
}
