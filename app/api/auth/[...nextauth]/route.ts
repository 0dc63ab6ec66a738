import { answerAuth } from "@/server/auth/handler";

export const dynamic = "force-dynamic";
export const GET = (request: Request) => answerAuth(request);
export const POST = (request: Request) => answerAuth(request);
