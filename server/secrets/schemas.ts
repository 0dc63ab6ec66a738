import { z } from "zod";
import { ENVIRONMENTS } from "@/policies/access/vocabulary";
import { idSchema, pageSchema } from "@/server/kernel/schemas";
import { hostRule, HOSTS_MAX } from "./domain/hosts";
import { SECRET_NAME } from "./domain/name";
import { valueFault } from "./domain/value";

const hostSchema = z
  .string()
  .trim()
  .max(253, "must have at most 253 characters")
  .transform((text, ctx) => {
    const rule = hostRule(text);
    if (rule !== null) return rule;
    ctx.addIssue({
      code: "custom",
      message: "must be a host such as api.example.com, or *.example.com for all below it",
    });
    return z.NEVER;
  });

const hostsSchema = z
  .array(hostSchema)
  .min(1, "must name at least one host")
  .max(HOSTS_MAX, `must name at most ${HOSTS_MAX} hosts`)
  .transform((hosts) => [...new Set(hosts)].sort());

const versionSchema = z.int().min(1);

const secretValueSchema = z.string().superRefine((value, ctx) => {
  const fault = valueFault(value);
  if (fault !== null) ctx.addIssue({ code: "custom", message: fault });
});

/** `replaces` is the version that the caller saw in use; without it the secret must not exist yet. */
export const setSecretSchema = z.strictObject({
  environment: z.enum(ENVIRONMENTS),
  name: z
    .string()
    .regex(SECRET_NAME, "must start with a capital letter and hold only capital letters, digits and _ (63 at most)"),
  value: secretValueSchema,
  /** May be left out where a value is replaced: its hosts stay. */
  allowedHosts: hostsSchema.optional(),
  replaces: versionSchema.optional(),
});

/** `seenHosts` are those that the caller saw and wants to change. */
export const changeHostsSchema = z.strictObject({
  secretId: idSchema("secret"),
  seenHosts: hostsSchema,
  allowedHosts: hostsSchema,
});

export const secretSchema = z.strictObject({ secretId: idSchema("secret") });

export const listSecretsSchema = pageSchema.extend({ cursor: idSchema("secret").optional() });
