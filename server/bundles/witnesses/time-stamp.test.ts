import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTimeStampAuthority, type TimeStampAuthority } from "../testing/time-stamp-authority";
import { timeStamp } from "./time-stamp";

let authority: TimeStampAuthority;
const folder = mkdtempSync(path.join(tmpdir(), "time-stamp-"));
beforeAll(async () => {
  authority = await startTimeStampAuthority();
});
afterAll(() => {
  authority.stop();
  rmSync(folder, { recursive: true, force: true });
});

const bytes = Buffer.from("what is sealed", "utf8");

/** What OpenSSL says of a time stamp over a file. */
function opensslSays(data: Uint8Array, stamp: Uint8Array): number | null {
  const [file, answer] = [path.join(folder, "data"), path.join(folder, "data.tsr")];
  writeFileSync(file, data);
  writeFileSync(answer, stamp);
  return spawnSync("openssl", ["ts", "-verify", "-data", file, "-in", answer, "-CAfile", authority.certificate]).status;
}

describe("a time stamp", () => {
  it("is one that OpenSSL verifies over these bytes, and over no others", async () => {
    const stamp = await timeStamp(authority.url, bytes);
    expect(opensslSays(bytes, stamp)).toBe(0);
    expect(opensslSays(Buffer.from("something else"), stamp)).not.toBe(0);
  });

  it.each<[string, (request: Buffer) => Buffer, RegExp]>([
    ["is of an earlier request", () => earlier, /something else/],
    ["is no time stamp", () => Buffer.from("<html>sign in</html>"), /no time stamp/],
    ["is a refusal", () => Buffer.from("30053003020102", "hex"), /it refused/],
    ["is too long", () => Buffer.alloc(1 << 20), /too long/],
  ])("is refused where the answer %s", async (_title, answer, why) => {
    authority.answerWith(answer);
    await expect(timeStamp(authority.url, bytes)).rejects.toMatchObject({
      code: "Unavailable",
      message: expect.stringMatching(why) as string,
    });
    authority.answerWith(null);
  });

  it("is refused where nobody answers", async () => {
    await expect(timeStamp("http://127.0.0.1:1/", bytes)).rejects.toMatchObject({ code: "Unavailable" });
  });
});

let earlier: Buffer;
beforeAll(async () => {
  earlier = Buffer.from(await timeStamp(authority.url, bytes));
});
