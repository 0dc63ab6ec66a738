import { defineRead } from "@/server/verb";
import { remediationDto } from "./dto";
import { loadRemediation } from "./load";
import { getRemediationSchema } from "./schemas";

/** One remediation task, open or closed. Throws NotFound. */
export const getRemediation = defineRead({
  action: "remediation.read",
  input: getRemediationSchema,
  load: loadRemediation,
  read: async (_scope, _input, { row }) => remediationDto(row),
});
