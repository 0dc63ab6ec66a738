"use client";

import dynamic from "next/dynamic";
import type { EditorProps } from "./workflow-editor";

// The heaviest part of the product, and of no use to whoever only reads.
const WorkflowEditor = dynamic(() => import("./workflow-editor").then((module) => module.WorkflowEditor), {
  ssr: false,
  loading: () => <p role="status">Loading the editor …</p>,
});

export function LazyEditor(props: EditorProps) {
  return <WorkflowEditor {...props} />;
}
