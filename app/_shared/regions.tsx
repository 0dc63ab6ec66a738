"use client";

import { createContext, type ReactNode, useContext } from "react";
import { DEFAULT_REGIONS } from "@/policies/access/vocabulary";

const Regions = createContext<readonly string[]>(DEFAULT_REGIONS);

/** Tells forms which regions the deployment has. */
export function RegionsProvider({ regions, children }: { regions: readonly string[]; children: ReactNode }) {
  return <Regions value={regions}>{children}</Regions>;
}

/** The deployment's regions, and besides them the one that something is of now, though it may be none any more. */
export function useRegions(now?: string): readonly string[] {
  const regions = useContext(Regions);
  return now === undefined || regions.includes(now) ? regions : [now, ...regions];
}
