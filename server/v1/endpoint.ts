import type { z } from "zod";
import type { TenantContext } from "@/server/verb";

/** What a request to an endpoint brings, each part as its schema reads it. */
export interface Asked<Path, Query, Body> {
  path: Path;
  query: Query;
  body: Body;
  /** The `Idempotency-Key` header, where the endpoint takes one. */
  idempotencyKey: string | undefined;
}

interface Described {
  /** The operation's name in the OpenAPI document. */
  name: string;
  /** One line that says what it does. */
  summary: string;
  method: "GET" | "POST";
  /** From the API's root; `{name}` stands for a part of the path. */
  path: string;
  takesIdempotencyKey?: boolean;
  /** What it may answer besides 200, and when. */
  statuses?: Readonly<Record<number, string>>;
}

interface Shape<
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> extends Described {
  pathSchema: Path;
  querySchema: Query;
  bodySchema: Body;
  answerSchema: Answer;
  answer(
    ctx: TenantContext,
    asked: Asked<z.output<Path>, z.output<Query>, z.output<Body>>,
  ): Promise<{ status: number; body: z.input<Answer> }>;
}

/** One operation of the public HTTP API, by its schemas alone: what they are for, it knows itself. */
export interface Endpoint extends Described {
  pathSchema: z.ZodObject;
  querySchema: z.ZodObject;
  bodySchema: z.ZodType;
  answerSchema: z.ZodType;
  answer(ctx: TenantContext, asked: Asked<unknown, unknown, unknown>): Promise<{ status: number; body: unknown }>;
}

/** An endpoint whose answer is written against its own schemas. */
export function defineEndpoint<
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(shape: Shape<Path, Query, Body, Answer>): Endpoint {
  return {
    ...shape,
    // The door parses each part with the very schema that this one was written against.
    answer: (ctx, asked) => shape.answer(ctx, asked as Asked<z.output<Path>, z.output<Query>, z.output<Body>>),
  };
}
