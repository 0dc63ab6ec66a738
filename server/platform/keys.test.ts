import { createPublicKey, sign, verify } from "node:crypto";
import { expect, it } from "vitest";
import { bundleSigningKey } from "./keys";

const SECRET = "a secret of tests, at least 32 characters long";

it("the key of policy bundles is the same for the same secret, another for another, and signs what its public key verifies", () => {
  const [first, again, other] = [bundleSigningKey(SECRET), bundleSigningKey(SECRET), bundleSigningKey(`${SECRET}!`)];
  const pem = ({ publicKey }: typeof first) => publicKey.export({ format: "pem", type: "spki" });
  expect(pem(first)).toEqual(pem(again));
  expect(first.keyId).toBe(again.keyId);
  expect(pem(other)).not.toEqual(pem(first));
  const text = Buffer.from("what is signed");
  const signature = sign("sha256", text, first.privateKey);
  expect(verify("sha256", text, createPublicKey(pem(first)), signature)).toBe(true);
  expect(verify("sha256", text, other.publicKey, signature)).toBe(false);
});
