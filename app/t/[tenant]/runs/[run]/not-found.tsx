"use client";

import { MissingHere } from "@/app/_shared/missing-here";

export default function NotFound() {
  return <MissingHere what="run" list="runs" back="Go to the runs" />;
}
