"use client";

import { Missing } from "@/app/_shared/missing";

export default function NotFound() {
  return <Missing what="status page" href="/" back="Go to the start" />;
}
