import { answerEvidenceKeys } from "@/server/bundles";

export const dynamic = "force-dynamic";
export const GET = answerEvidenceKeys;
