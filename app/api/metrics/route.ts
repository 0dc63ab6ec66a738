import { answerMetrics } from "@/server/health";

export const dynamic = "force-dynamic";
export const GET = answerMetrics;
