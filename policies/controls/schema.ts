import { z } from "zod";
import { ROLES } from "@/policies/access/vocabulary";
import { AREAS, EVIDENCE_KINDS, PROBES } from "@/server/compliance/domain/words";
import { ISO27001_IDS, SOC2_IDS } from "./criteria";

const sentence = z.string().trim().min(20).max(400);

const controlSchema = z
  .strictObject({
    id: z.string().regex(/^MC-(AC|CM|BR|LM|IR|SC|AS)-\d\d$/),
    title: z.string().trim().min(5).max(80),
    /** What is so, in our own words. */
    statement: sentence,
    stance: z.enum(["owned", "supported"]),
    soc2: z.array(z.enum(SOC2_IDS)).min(1),
    iso27001: z.array(z.enum(ISO27001_IDS)).min(1),
    /** What of the product it rests on. */
    feature: z.string().trim().min(3).max(80),
    /** The workflow or job behind it. */
    workflow: z.string().trim().min(3).max(80),
    owner: z.enum(ROLES),
    /** Days within which it is shown anew. */
    cadence_days: z.int().min(1).max(400),
    evidence: z.array(z.enum(EVIDENCE_KINDS)).default([]),
    probes: z.array(z.enum(PROBES)).default([]),
    /** What is not there: said wherever the control is. */
    limits: sentence.optional(),
  })
  .refine(({ stance, probes }) => stance !== "owned" || probes.length > 0, {
    message: "is owned, and no probe could find that it does not hold: say supported",
    path: ["stance"],
  })
  .refine(({ evidence, probes }) => evidence.length + probes.length > 0, {
    message: "names nothing that would show it",
    path: ["evidence"],
  });

/** A file of controls: those of one area. */
export const areaSchema = z.strictObject({
  version: z.int().min(1),
  area: z.enum(AREAS),
  title: z.string().trim().min(3).max(60),
  controls: z.array(controlSchema).min(2),
});
