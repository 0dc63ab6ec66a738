"use client";

import { Missing } from "@/app/_shared/missing";

export default function NotFound() {
  return <Missing what="trust page" href="/" back="Go to the start" />;
}
