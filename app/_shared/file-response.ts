import { Readable } from "node:stream";
import { refusalIn } from "@/app/_trpc/load";
import { ERROR_STATUS } from "@/server/kernel/errors";

export interface FileAnswer {
  fileName: string;
  mediaType: string;
  /** SHA-256 of the bytes, in hexadecimal, where they are kept under it. */
  digest?: string;
  content: string | Uint8Array | AsyncIterable<Uint8Array>;
}

const bodyOf = (content: FileAnswer["content"]): BodyInit =>
  typeof content === "string"
    ? content
    : ArrayBuffer.isView(content)
      ? new Uint8Array(content)
      : (Readable.toWeb(Readable.from(content)) as ReadableStream<Uint8Array>);

/** Answers with a file that is saved and never shown as a page of ours, whatever it holds; a refusal in words. */
export async function fileResponse(find: () => Promise<FileAnswer>): Promise<Response> {
  try {
    const { fileName, mediaType, digest, content } = await find();
    return new Response(bodyOf(content), {
      headers: {
        "content-type": mediaType,
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        ...(digest === undefined ? {} : { "x-content-sha256": digest }),
        ...{ "cache-control": "private, no-store", "x-content-type-options": "nosniff" },
      },
    });
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === null) throw error;
    return new Response(`${refusal.message}\n`, {
      status: ERROR_STATUS[refusal.code],
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  }
}
