import { answerHook } from "@/server/triggers";

export const dynamic = "force-dynamic";

export async function POST(request: Request, { params }: { params: Promise<{ trigger: string }> }): Promise<Response> {
  return answerHook(request, (await params).trigger);
}
