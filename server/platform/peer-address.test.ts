import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { recordPeerAddresses } from "./peer-address";

it("writes who connected behind whatever the caller claims", async () => {
  recordPeerAddresses();
  const server = createServer((request, response) => response.end(String(request.headers["x-forwarded-for"])));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const claimed = { headers: { "x-forwarded-for": "6.6.6.6" } };
  const [plain, forged] = [await (await fetch(url)).text(), await (await fetch(url, claimed)).text()];
  await new Promise((resolve) => server.close(resolve));
  expect([plain, forged]).toEqual(["127.0.0.1", "6.6.6.6, 127.0.0.1"]);
});
