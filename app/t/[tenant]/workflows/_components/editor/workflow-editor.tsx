"use client";

import { Button, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import { asJson } from "./as-json";
import { Conflict } from "./conflict";
import type { Draft } from "./draft";
import { EditorGraph } from "./editor-graph";
import { beginHistory, redo, undo, write } from "./edit-history";
import classes from "./editor.module.css";
import { IssueList } from "./issue-list";
import { stepOfIssue } from "./issues";
import { JsonView } from "./json-view";
import { PropertiesForm } from "./properties-form";
import { StepList } from "./step-list";
import { StepForm } from "./step-form";
import { useEditorKeys } from "./use-editor-keys";
import { useIssues } from "./use-issues";
import { useLeaveWarning } from "./use-leave-warning";

export interface EditorProps {
  tenant: string;
  initial: Draft;
  /** The workflow whose next draft this is; absent for a new one. */
  existing?: { workflowId: string; slug: string; contentHash: string };
}

/** Writes a workflow: steps as a list, a graph and forms, or the whole as JSON. Nothing is stored before it is saved. */
export function WorkflowEditor({ tenant, initial, existing }: EditorProps) {
  const router = useRouter();
  const client = useTRPCClient();
  const [history, setHistory] = useState(() => beginHistory(initial));
  const [saved, setSaved] = useState({ draft: initial, contentHash: existing?.contentHash ?? "" });
  const [selected, setSelected] = useState<string | null>(initial.steps[0]?.id ?? null);
  const [view, setView] = useState<"form" | "json">("form");
  const [unread, setUnread] = useState<{ value: unknown } | null>(null);
  const [refusedFor, setRefusedFor] = useState("");
  const [slug, setSlug] = useState(existing?.slug ?? "");
  const draft = history.present;
  const { issues, isChecking, trouble } = useIssues(unread === null ? draft : unread.value);
  const isDirty = draft !== saved.draft || unread !== null;

  const save = useAction(
    async (written: Draft) => {
      const definition = asJson(written);
      if (existing === undefined) return client.workflows.create.mutate({ slug, definition });
      return client.workflows.saveDraft.mutate({
        workflowId: existing.workflowId,
        baseHash: saved.contentHash,
        definition,
      });
    },
    {
      said: "Saved.",
      onRefused: () => setRefusedFor(saved.contentHash),
      onDone: ({ contentHash }, written) => {
        setSaved({ draft: written, contentHash });
        if (existing === undefined) router.push(`/t/${tenant}/workflows/${slug}`);
      },
    },
  );
  const edit = (next: Draft, touched: string | null = null) => setHistory((before) => write(before, next, touched));
  const goBack = () => setHistory(undo);
  const goForth = () => setHistory(redo);
  const mayBeSaved = unread === null && issues.length === 0 && !save.isBusy;
  const saveNow = () => {
    if (mayBeSaved) save.run(draft);
  };
  // What somebody else saved, until it is known what becomes of it.
  const overtakenBy = save.refusal?.details.contentHash;
  const isSettled = overtakenBy !== undefined && refusedFor !== saved.contentHash;
  const isOvertaken = overtakenBy !== undefined && !isSettled;
  useEditorKeys({ undo: goBack, redo: goForth, save: saveNow });
  useLeaveWarning(isDirty && !save.isDone);

  const index = draft.steps.findIndex((step) => step.id === selected);
  const step = draft.steps[index];
  const faulty = new Set(issues.flatMap((issue) => draft.steps[stepOfIssue(issue) ?? -1]?.id ?? []));

  return (
    <div>
      {existing !== undefined && isOvertaken ? (
        <Conflict
          slug={existing.slug}
          mine={draft}
          onKeep={(contentHash) => setSaved({ draft: saved.draft, contentHash })}
          onTake={(theirs, contentHash) => {
            edit(theirs);
            setSaved({ draft: theirs, contentHash });
          }}
        />
      ) : isSettled ? null : (
        <RefusalNotice refusal={save.refusal} />
      )}
      <div className={classes.bar} role="toolbar" aria-label="Editor">
        <Button variant="default" onClick={goBack} disabled={history.past.length === 0} aria-keyshortcuts="Control+Z">
          Undo
        </Button>
        <Button
          variant="default"
          onClick={goForth}
          disabled={history.future.length === 0}
          aria-keyshortcuts="Control+Shift+Z"
        >
          Redo
        </Button>
        <Button
          variant="default"
          aria-pressed={view === "json"}
          onClick={() => setView(view === "json" ? "form" : "json")}
        >
          {view === "json" ? "Back to the forms" : "Edit as JSON"}
        </Button>
        <span className={classes.state} role="status">
          {trouble ??
            (isChecking
              ? "Checking …"
              : issues.length === 0
                ? "No problems"
                : issues.length === 1
                  ? "1 problem"
                  : `${issues.length} problems`)}
          {existing === undefined ? ", not created yet" : isDirty ? ", not saved" : ", saved"}
        </span>
        <Button onClick={saveNow} loading={save.isBusy} disabled={!mayBeSaved} aria-keyshortcuts="Control+S">
          {existing === undefined ? "Create workflow" : "Save draft"}
        </Button>
      </div>
      {existing === undefined ? (
        <TextInput
          className={classes.slug}
          label="Address of the workflow"
          description="Lower-case letters, digits and hyphens. It stays for good."
          value={slug}
          error={save.refusal?.fields.slug}
          onChange={(event) => setSlug(event.currentTarget.value)}
        />
      ) : null}
      <div className={classes.columns}>
        <div>
          <StepList
            draft={draft}
            selected={selected}
            faulty={faulty}
            onSelect={setSelected}
            onChange={(next, focus) => {
              edit(next);
              if (focus !== undefined) setSelected(focus);
            }}
          />
          <EditorGraph steps={draft.steps} faulty={faulty} selected={selected} onSelect={setSelected} />
        </div>
        <div>
          <IssueList issues={issues} draft={draft} onSelect={setSelected} />
          {view === "json" ? (
            <JsonView draft={draft} onDraft={(next) => edit(next, "json")} onUnread={setUnread} />
          ) : step === undefined ? (
            <PropertiesForm draft={draft} issues={issues} onChange={edit} />
          ) : (
            <StepForm
              key={index}
              draft={draft}
              step={step}
              index={index}
              issues={issues}
              onChange={(next, id, touched) => {
                edit(next, touched);
                setSelected(id);
              }}
            />
          )}
        </div>
      </div>
    </div>
  );
}
