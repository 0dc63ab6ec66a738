import { answerTrpc } from "@/server/trpc/http";

async function handle(request: Request, { params }: { params: Promise<{ tenant: string }> }): Promise<Response> {
  return answerTrpc(request, (await params).tenant);
}

export { handle as GET, handle as POST };
