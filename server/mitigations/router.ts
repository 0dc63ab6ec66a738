import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import {
  applyMitigation,
  getMitigationRules,
  listMitigations,
  previewMitigation,
  setMitigationRules,
  undoMitigation,
} from "./index";

// `apply` is a word that tRPC keeps for itself.
export const mitigationsRouter = createRouter({
  list: tenantQuery(listMitigations),
  preview: tenantQuery(previewMitigation),
  carryOut: tenantMutation(applyMitigation),
  undo: tenantMutation(undoMitigation),
  rules: tenantQuery(getMitigationRules),
  setRules: tenantMutation(setMitigationRules),
});
