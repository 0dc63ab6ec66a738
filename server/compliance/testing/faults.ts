interface Fault {
  title: string;
  /** As superuser; `$name` stands for a name of the tenant's things. */
  plant: string;
  turns: string[];
  /** Milliseconds that the product's clock goes ahead. */
  ahead?: number;
}

const GRANT = "insert into break_glass_grants (tenant_id, id, status, user_id, reason, reference, minutes, asked_at";
/** What the last rehearsal of a restore found, up to the words of it. */
const REHEARSAL = `update evidence_items set facts = json_build_object`;

/** Faults of the product, by the hand of somebody who holds its database. Each breaks what one control says, or two. */
export const FAULTS: readonly Fault[] = [
  { title: "a table loses its wall", plant: "alter table incidents disable row level security", turns: ["MC-AC-01"] },
  { title: "a wall spares the owner", plant: "alter table receipts no force row level security", turns: ["MC-AC-01"] },
  { title: "the role may pass the walls", plant: "alter role conductor_app bypassrls", turns: ["MC-AC-01"] },
  {
    title: "a wall lets all through",
    plant: `do $$ declare wall record; begin
        for wall in select polname from pg_policy where polrelid = 'workflows'::regclass loop
          execute format('drop policy %I on workflows', wall.polname);
        end loop; end $$;
      create policy open on workflows using (true)`,
    turns: ["MC-AC-01"],
  },
  { title: "a wall was dropped", plant: "drop policy tenant_wall on secrets", turns: ["MC-AC-01"] },
  { title: "a wall of an empty table was dropped", plant: "drop policy tenant_wall on adapters", turns: ["MC-AC-01"] },
  {
    title: "others may write the tenant's row",
    plant: "alter policy tenant_wall on tenants using (true) with check (true)",
    turns: ["MC-AC-01"],
  },
  {
    title: "a review of access is overdue",
    plant: `update access_reviews set status = 'open', closed_at = null, closed_by = null, evidence_digest = null, due_at = now() - interval '1 hour' where id = $review`,
    turns: ["MC-AC-03"],
  },
  {
    title: "access was last reviewed long ago",
    plant: "update access_reviews set closed_at = now() - interval '101 days' where id = $review",
    turns: ["MC-AC-03"],
  },
  {
    title: "an emergency right is open past its time",
    plant: `${GRANT}, opened_by, opened_at, expires_at) values ($tenant, 'brk_1', 'open', $person, 'r', 'x', 5, now(), 'system', now() - interval '1 hour', now() - interval '10 minutes')`,
    turns: ["MC-AC-04"],
  },
  {
    title: "a member holds an emergency right that nobody granted",
    plant: "update members set break_glass_until = now() + interval '1 hour' where user_id = $person",
    turns: ["MC-AC-04"],
  },
  {
    title: "a key never ends",
    plant: "update api_keys set expires_at = now() + interval '500 days' where id = $key",
    turns: ["MC-AC-05"],
  },
  {
    title: "a key that was rotated opens on",
    plant: `update api_keys set previous_key_hash = key_hash, previous_valid_until = now() + interval '60 days' where id = $key`,
    turns: ["MC-AC-05"],
  },
  {
    title: "a secret lies open",
    plant: "update secrets set sealed_value = 'hunter2' where id = $secret",
    turns: ["MC-AC-06"],
  },
  {
    title: "a data key lies open",
    plant: "update secrets set wrapped_key = 'plain key' where id = $secret",
    turns: ["MC-AC-06"],
  },
  {
    title: "a key of a program lies open",
    plant: "update api_keys set key_hash = 'mck_open' where id = $key",
    turns: ["MC-AC-06"],
  },
  {
    title: "a session lies open",
    plant: "update sessions set token_hash = 'open ' || id where user_id = $person",
    turns: ["MC-AC-06"],
  },
  {
    title: "a secret is old",
    plant: "update secrets set updated_at = now() - interval '366 days' where id = $secret",
    turns: ["MC-AC-07"],
  },
  {
    title: "a session has no end in sight",
    plant: "update sessions set expires_at = now() + interval '100 days' where user_id = $person",
    turns: ["MC-AC-08"],
  },
  {
    title: "a program governs",
    plant:
      "alter table api_keys drop constraint if exists api_keys_roles_check; update api_keys set roles = '{tenant_admin}' where id = $key",
    turns: ["MC-AC-09"],
  },
  {
    title: "a version was published without a review",
    plant: "delete from workflow_reviews where version_id = $version",
    turns: ["MC-CM-01"],
  },
  {
    title: "an author approved their own",
    plant: `update workflow_reviews set reviewer_id = (select contributors[1] from workflow_versions where id = $version) where version_id = $version`,
    turns: ["MC-CM-01"],
  },
  {
    title: "whoever approved had written at it",
    plant: `update workflow_versions v set contributors = contributors
      || (select reviewer_id from workflow_reviews r where r.version_id = v.id limit 1) where id = $version`,
    turns: ["MC-CM-01"],
  },
  {
    title: "a review asked for changes, and it was published",
    plant: "update workflow_reviews set verdict = 'changes_requested' where version_id = $version",
    turns: ["MC-CM-01"],
  },
  {
    title: "something else was read than was published",
    plant: "update workflow_reviews set content_hash = 'sha256:0' where version_id = $version",
    turns: ["MC-CM-01"],
  },
  {
    title: "a published definition was edited",
    plant: `update workflow_versions set definition = (definition::jsonb || '{"name": "Another"}')::json where id = $version`,
    turns: ["MC-CM-02"],
  },
  {
    title: "somebody approved a policy of their own",
    plant: `insert into policy_changes (tenant_id, id, status, profile, tightening, reason, from_revision, to_revision, proposed_by, proposed_at, decided_by, decided_at)
      values ($tenant, 'pch_1', 'approved', 'conductor-governance-saas', '{}', 'r', 'a', 'b', 'user:x', now(), 'user:x', now())`,
    turns: ["MC-CM-03"],
  },
  {
    title: "a policy is in force that nobody decided about",
    plant: `insert into policy_changes (tenant_id, id, status, profile, tightening, reason, from_revision, to_revision, proposed_by, proposed_at)
      values ($tenant, 'pch_1', 'approved', 'conductor-governance-saas', '{}', 'r', 'a', 'b', 'user:x', now())`,
    turns: ["MC-CM-03"],
  },
  {
    title: "somebody approved a run of their own",
    plant: `insert into approvals (tenant_id, id, run_id, content_hash, title, details, requested_by, requesters, stages, stage, role, due_at, status, created_at, ended_at)
      values ($tenant, 'apr_1', 'run_1', 'sha256:0', 't', '', 'user:x', array[$person], '[]', 0, 'tenant_admin', now(), 'approved', now(), now());
      insert into approval_votes (tenant_id, approval_id, voter_id, stage, verdict, comment, created_at)
      values ($tenant, 'apr_1', $person, 0, 'approved', '', now())`,
    turns: ["MC-CM-04"],
  },
  {
    title: "whoever asked with somebody else approved",
    plant: `insert into approvals (tenant_id, id, run_id, content_hash, title, details, requested_by, requesters, stages, stage, role, due_at, status, created_at, ended_at)
      values ($tenant, 'apr_1', 'run_1', 'sha256:0', 't', '', 'user:x', array['usr_other', $person], '[]', 0, 'tenant_admin', now(), 'approved', now(), now());
      insert into approval_votes (tenant_id, approval_id, voter_id, stage, verdict, comment, created_at)
      values ($tenant, 'apr_1', 'usr_third', 0, 'approved', '', now()), ($tenant, 'apr_1', $person, 0, 'approved', '', now())`,
    turns: ["MC-CM-04"],
  },
  {
    title: "another pack is in force than was approved",
    plant: 'update tenants set tightening = \'{"break_glass": {"minutes": 5}}\' where tenant_id = $tenant',
    turns: ["MC-CM-05"],
  },
  {
    title: "the policy that was approved last is not in force",
    plant: `insert into policy_changes (tenant_id, id, status, profile, tightening, reason, from_revision, to_revision, proposed_by, proposed_at, decided_by, decided_at)
      values ($tenant, 'pch_1', 'approved', 'conductor-governance-internal', '{}', 'r', 'a', 'b', 'user:x', now(), 'user:y', now())`,
    turns: ["MC-CM-05"],
  },
  {
    title: "something differs",
    plant: `insert into remediation_tasks (tenant_id, id, kind, key, title, expected, found, undo_runs, undo, due_at, opened_at)
      values ($tenant, 'rem_1', 'pack', 'pack:x', 't', 'a', 'b', 'sql', '', now() + interval '1 day', now())`,
    turns: ["MC-CM-06"],
  },
  {
    title: "something differs past its day",
    plant: `insert into remediation_tasks (tenant_id, id, kind, key, title, expected, found, undo_runs, undo, due_at, opened_at)
      values ($tenant, 'rem_1', 'pack', 'pack:x', 't', 'a', 'b', 'sql', '', now() - interval '1 day', now())`,
    turns: ["MC-AS-02", "MC-CM-06"],
  },
  {
    title: "a receipt was edited",
    plant: "update receipts set body = '{\"edited\": true}' where tenant_id = $tenant and seq = 2",
    turns: ["MC-LM-01"],
  },
  {
    title: "a receipt was removed",
    plant: "delete from receipts where tenant_id = $tenant and seq = 2",
    turns: ["MC-LM-01"],
  },
  {
    title: "a receipt names another actor",
    plant: "update receipts set actor = 'user:nobody' where tenant_id = $tenant and seq = 3",
    turns: ["MC-LM-01"],
  },
  {
    title: "nobody vouches for the record",
    plant: "delete from signed_heads where tenant_id = $tenant",
    turns: ["MC-LM-02"],
  },
  { title: "receipts may be changed", plant: "grant update on receipts to conductor_app", turns: ["MC-LM-03"] },
  { title: "decisions may be removed", plant: "grant delete on decisions to conductor_app", turns: ["MC-LM-03"] },
  {
    title: "a column of the record may be changed",
    plant: "grant update (actor) on receipts to conductor_app",
    turns: ["MC-LM-03"],
  },
  {
    title: "signed heads may be emptied",
    plant: "grant truncate on signed_heads to conductor_app",
    turns: ["MC-LM-03"],
  },
  {
    title: "facts of controls may be changed",
    plant: "grant update on control_facts to conductor_app",
    turns: ["MC-LM-03"],
  },
  {
    title: "an objective is not counted",
    plant: "update slo_marks set watermark = now() - interval '1 hour' where tenant_id = $tenant",
    turns: ["MC-LM-04"],
  },
  {
    title: "what was counted is not what happened",
    plant: `insert into slo_minutes (tenant_id, slo_id, generation, minute, good, total)
      select tenant_id, id, generation, date_trunc('minute', now()), 7, 7 from slos where tenant_id = $tenant limit 1`,
    turns: ["MC-LM-04"],
  },
  { title: "clocks differ", plant: "select 1", turns: ["MC-LM-05"], ahead: 30_000 },
  {
    title: "an incident was taken on late",
    plant: "update incidents set acknowledged_at = opened_at + interval '16 minutes' where id = $incident",
    turns: ["MC-IR-01"],
  },
  {
    title: "an incident of the second degree was taken on late",
    plant:
      "update incidents set severity = 'sev2', acknowledged_at = opened_at + interval '61 minutes' where id = $incident",
    turns: ["MC-IR-01"],
  },
  {
    title: "nobody has taken on the worst for twenty minutes",
    plant: `insert into incidents (tenant_id, id, title, summary, severity, status, source, facts, is_drill, alert_count, told_at, opened_by, opened_at)
      values ($tenant, 'inc_2', 'Down', '', 'sev1', 'open', 'person', '{}', false, 0, now(), 'system', now() - interval '20 minutes')`,
    turns: ["MC-IR-01"],
  },
  {
    title: "nobody takes an incident on",
    plant: "update incidents set acknowledged_at = null, acknowledged_by = null where id = $incident",
    turns: ["MC-IR-01"],
  },
  {
    title: "the last drill failed",
    plant: "update drills set grade = 'failed' where id = $drill",
    turns: ["MC-IR-02"],
  },
  {
    title: "the last drill is long ago",
    plant: "update drills set ended_at = now() - interval '101 days' where id = $drill",
    turns: ["MC-IR-02"],
  },
  {
    title: "a row was lost by the last restore",
    plant: `${REHEARSAL}('outcome', 'fail', 'differences', json_build_array('public.runs: 2 rows were backed up, 1 are there'), 'recoverySeconds', 4.2, 'lossSeconds', 5.1) where id = $rehearsal`,
    turns: ["MC-BR-01"],
  },
  {
    title: "a restore is said to have passed with a difference",
    plant: `${REHEARSAL}('outcome', 'pass', 'differences', json_build_array('public.runs: was not backed up'), 'recoverySeconds', 4.2, 'lossSeconds', 5.1) where id = $rehearsal`,
    turns: ["MC-BR-01"],
  },
  {
    title: "no restore was rehearsed for 36 days",
    plant: "update evidence_items set collected_at = now() - interval '36 days' where id = $rehearsal",
    turns: ["MC-BR-01"],
  },
  {
    title: "no restore was rehearsed for 101 days",
    plant: "update evidence_items set collected_at = now() - interval '101 days' where id = $rehearsal",
    turns: ["MC-BR-01", "MC-BR-02"],
  },
  {
    title: "recovery took more than an hour",
    plant: `${REHEARSAL}('outcome', 'pass', 'differences', json_build_array(), 'recoverySeconds', 3601, 'lossSeconds', 3605) where id = $rehearsal`,
    turns: ["MC-BR-02"],
  },
  {
    title: "the last restore broke off",
    plant: `${REHEARSAL}('outcome', 'fail', 'differences', json_build_array(), 'recoverySeconds', null, 'lossSeconds', null) where id = $rehearsal`,
    turns: ["MC-BR-01", "MC-BR-02"],
  },
  {
    title: "nobody looks back at an incident",
    plant: `update incidents set status = 'resolved', resolved_at = now() - interval '15 days' where id = $incident`,
    turns: ["MC-IR-03"],
  },
  {
    title: "a kill is not settled",
    plant: `insert into holds (tenant_id, id, kind, scope, reason, set_by, set_at) values ($tenant, 'hld_1', 'kill', 'tenant', 'r', 'system', now() - interval '2 minutes')`,
    turns: ["MC-IR-04"],
  },
  {
    title: "a kill took long",
    plant: `insert into holds (tenant_id, id, kind, scope, reason, set_by, set_at, settled_at, lifted_by, lifted_at)
      values ($tenant, 'hld_1', 'kill', 'tenant', 'r', 'system', now() - interval '1 hour', now() - interval '50 minutes', 'system', now())`,
    turns: ["MC-IR-04"],
  },
  {
    title: "nobody looks at the use of an emergency right",
    plant: `${GRANT}, opened_by, opened_at, expires_at, ended_by, ended_at) values ($tenant, 'brk_1', 'ended', $person, 'r', 'x', 5, now(), 'system', now() - interval '9 days', now() - interval '8 days', 'system', now() - interval '8 days')`,
    turns: ["MC-AS-01"],
  },
  {
    title: "the use of an emergency right was looked at late",
    plant: `${GRANT}, opened_by, opened_at, expires_at, ended_by, ended_at, reviewed_by, reviewed_at, comment) values ($tenant, 'brk_1', 'reviewed', $person, 'r', 'x', 5, now(), 'system', now() - interval '9 days', now() - interval '8 days', 'system', now() - interval '8 days', 'usr_other', now(), 'fine')`,
    turns: ["MC-AS-01"],
  },
  {
    title: "somebody looked at their own use of an emergency right",
    plant: `${GRANT}, opened_by, opened_at, expires_at, ended_by, ended_at, reviewed_by, reviewed_at, comment) values ($tenant, 'brk_1', 'reviewed', $person, 'r', 'x', 5, now(), 'system', now(), now(), 'system', now(), $person, now(), 'fine')`,
    turns: ["MC-AS-01"],
  },
];
