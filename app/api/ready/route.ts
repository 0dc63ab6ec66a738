import { answerReady } from "@/server/health";

export const dynamic = "force-dynamic";
export const GET = answerReady;
