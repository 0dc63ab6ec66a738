"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPCClient } from "@/app/_trpc/client";
import { refusalOf } from "@/app/_trpc/refusal";
import { asJson } from "./as-json";
import type { Issue } from "./issues";

const QUIET_MS = 300;

export interface Checked {
  issues: readonly Issue[];
  /** True until the latest text has been looked at. */
  isChecking: boolean;
  /** Why the check itself did not work; null when it did. */
  trouble: string | null;
}

/** What is wrong with a definition, asked of the server whenever the writer pauses: the same check that saving makes. */
export function useIssues(value: unknown): Checked {
  const client = useTRPCClient();
  const [settled] = useDebouncedValue(value, QUIET_MS);
  const text = JSON.stringify(settled);
  const asked = useQuery({
    queryKey: ["check-definition", text],
    queryFn: () => client.workflows.check.query({ definition: asJson(settled) }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
  });
  return {
    issues: asked.data?.issues ?? [],
    isChecking: asked.isFetching || settled !== value,
    trouble: asked.error === null ? null : refusalOf(asked.error).message,
  };
}
