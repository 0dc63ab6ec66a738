interface ActionWords {
  /** What was done, on its own: `Run started`. */
  label: string;
  /** The same after who did it, with the thing's name for `{thing}`: `started a run of {thing}`. */
  act: string;
}

/** Every action that a receipt may name, in words. A verb whose receipt is not here does not compile. */
const RECEIPT_ACTIONS = {
  "tenant.create": { label: "Tenant created", act: "created the tenant {thing}" },
  "tenant.seed": { label: "Tenant filled for the demo", act: "filled the tenant {thing} for the demo" },
  "tenant.update": { label: "Tenant renamed", act: "renamed the tenant, which is now called {thing}" },
  "tenant.kill": { label: "Tenant killed", act: "killed all runs of the tenant {thing}" },
  "tenant.lift": { label: "Kill of the tenant lifted", act: "lifted the kill of the tenant {thing}" },
  "tenant.pause": { label: "Tenant paused", act: "paused all starts of the tenant {thing}" },
  "tenant.resume": { label: "Tenant resumed", act: "let the starts of the tenant {thing} go on" },
  "class.pause": { label: "Class paused", act: "paused the starts of a class of {thing}" },
  "class.resume": { label: "Class resumed", act: "let the starts of a class of {thing} go on" },
  "quota.reached": { label: "Quota reached", act: "met a quota of the tenant {thing}" },
  "quota.set": { label: "Quotas set", act: "set the quotas of {thing}" },
  "deployment.kill": { label: "All tenants killed", act: "killed all runs of all tenants" },
  "deployment.lift": { label: "Kill of all tenants lifted", act: "lifted the kill of all tenants" },
  "member.invite": { label: "Member invited", act: "invited {thing}" },
  "member.update": { label: "Member's rights changed", act: "changed the rights of {thing}" },
  "member.remove": { label: "Member removed", act: "removed {thing}" },
  "member.leave": { label: "Member left", act: "left the tenant" },
  "invitation.accept": { label: "Invitation accepted", act: "accepted an invitation and joined" },
  "invitation.resend": { label: "Invitation sent again", act: "sent the invitation of {thing} again" },
  "invitation.revoke": { label: "Invitation withdrawn", act: "withdrew the invitation of {thing}" },
  "api_key.create": { label: "API key created", act: "created the API key {thing}" },
  "api_key.rotate": { label: "API key rotated", act: "rotated the API key {thing}" },
  "api_key.revoke": { label: "API key revoked", act: "revoked the API key {thing}" },
  "policy.propose": { label: "Policy change proposed", act: "proposed to be governed by {thing}" },
  "policy.decide": { label: "Policy change decided", act: "decided about a change to {thing}" },
  "policy.withdraw": { label: "Policy change withdrawn", act: "withdrew a change to {thing}" },
  "break_glass.open": { label: "Break-glass asked for", act: "asked for break-glass" },
  "break_glass.approve": { label: "Break-glass decided", act: "decided about somebody's break-glass" },
  "break_glass.end": { label: "Break-glass ended", act: "ended break-glass" },
  "break_glass.review": { label: "Break-glass looked at", act: "looked at what break-glass was used for" },
  "access_review.open": { label: "Access review opened", act: "opened the review of access {thing}" },
  "access_review.decide": { label: "Access reviewed", act: "decided about access in the review {thing}" },
  "access_review.close": { label: "Access review closed", act: "closed the review of access {thing}" },
  "secret.set": { label: "Secret set", act: "set the secret {thing}" },
  "secret.update": { label: "Secret's hosts changed", act: "changed where the secret {thing} may be sent" },
  "secret.delete": { label: "Secret deleted", act: "deleted the secret {thing}" },
  "workflow.create": { label: "Workflow written", act: "wrote the first draft of {thing}" },
  "workflow.save": { label: "Draft saved", act: "saved a draft of {thing}" },
  "workflow.submit": { label: "Version submitted", act: "submitted {thing} for review" },
  "workflow.review": { label: "Version reviewed", act: "reviewed {thing}" },
  "workflow.publish": { label: "Version published", act: "published {thing}" },
  "workflow.retire": { label: "Workflow retired", act: "retired {thing}" },
  "workflow.kill": { label: "Workflow killed", act: "killed all runs of {thing}" },
  "workflow.lift": { label: "Kill of a workflow lifted", act: "lifted the kill of {thing}" },
  "workflow.pause": { label: "Workflow paused", act: "paused the starts of {thing}" },
  "workflow.resume": { label: "Workflow resumed", act: "let the starts of {thing} go on" },
  "trigger.create": { label: "Trigger created", act: "created the trigger {thing}" },
  "trigger.update": { label: "Trigger changed", act: "changed the trigger {thing}" },
  "trigger.rotate": { label: "Signing secret rotated", act: "rotated the signing secret of the trigger {thing}" },
  "trigger.disable": { label: "Trigger disabled", act: "disabled the trigger {thing}" },
  "trigger.delete": { label: "Trigger deleted", act: "deleted the trigger {thing}" },
  "trigger.stop": { label: "Chain of triggers stopped", act: "went no further after a run of {thing}" },
  "event.send": { label: "Event sent", act: "sent the event {thing}" },
  "adapter.register": { label: "Adapter registered", act: "registered the adapter {thing}" },
  "adapter.update": { label: "Adapter changed", act: "changed the adapter {thing}" },
  "adapter.rotate": { label: "Adapter's secret rotated", act: "rotated the signing secret of the adapter {thing}" },
  "adapter.end": { label: "Adapter ended", act: "ended the adapter {thing}" },
  "entitlement.grant": { label: "Plan or add-on granted", act: "granted a plan or add-ons to the tenant {thing}" },
  "entitlement.revoke": { label: "Grant taken away", act: "took away what was granted to the tenant {thing}" },
  "entitlement.sync": { label: "Plan changed by a purchase", act: "brought the plan to what {thing} has bought" },
  "entitlement.trial": { label: "Trial begun", act: "began to try a plan in the tenant {thing}" },
  "tenant.provision": { label: "Tenant provisioned", act: "provisioned the tenant {thing}" },
  "catalogue.sign": { label: "Catalogue signed", act: "signed {thing} to be sold" },
  "billing.flag": { label: "Purchase needs a look", act: "found something to see to at {thing}" },
  "billing.checkout": { label: "Checkout begun", act: "began to buy {thing}" },
  "billing.portal": { label: "Customer portal opened", act: "opened the customer portal" },
  "billing.change": { label: "Plan change ordered", act: "ordered a change of the plan to {thing}" },
  "billing.undo": { label: "Plan change taken back", act: "took the change of the plan to {thing} back" },
  "billing.cancel": { label: "Plan cancelled", act: "cancelled the plan {thing}" },
  "billing.resume": { label: "Cancellation taken back", act: "took the cancellation of the plan {thing} back" },
  "bundle.request": { label: "Bundle of evidence asked for", act: "asked for a bundle of evidence of {thing}" },
  "bundle.export": { label: "Evidence sealed and exported", act: "sealed and exported evidence of {thing}" },
  "incident.open": { label: "Incident opened", act: "opened the incident {thing}" },
  "incident.acknowledge": { label: "Incident acknowledged", act: "took on the incident {thing}" },
  "incident.move": { label: "Incident moved on", act: "changed the status of the incident {thing}" },
  "incident.rate": { label: "Incident's severity changed", act: "changed the severity of the incident {thing}" },
  "incident.note": { label: "Note on an incident", act: "wrote on the timeline of the incident {thing}" },
  "incident.tell": { label: "Update for stakeholders", act: "told stakeholders about the incident {thing}" },
  "incident.publish": { label: "Incident shown or hidden", act: "changed who sees the incident {thing}" },
  "incident.assign": { label: "Part in an incident given", act: "said who plays which part in the incident {thing}" },
  "incident.plan": { label: "Task of an incident", act: "changed the tasks of the incident {thing}" },
  "incident.link": { label: "Incident linked", act: "linked something to the incident {thing}" },
  "trust_page.publish": { label: "Trust page published", act: "published the trust page of {thing}" },
  "trust_page.withdraw": { label: "Trust page withdrawn", act: "withdrew the trust page of {thing}" },
  "status_page.set": { label: "Status page set", act: "switched the status page of {thing} on or off" },
  "on_call.schedule": { label: "On-call schedule saved", act: "saved the on-call schedule {thing}" },
  "on_call.remove": { label: "On-call schedule removed", act: "removed an on-call schedule" },
  "on_call.override": { label: "On-call override changed", act: "changed who is on call for a while by {thing}" },
  "on_call.escalation": { label: "Escalation set", act: "said who is told of incidents in {thing}" },
  "approval.request": { label: "Approval asked for", act: "asked for approval: {thing}" },
  "approval.decide": { label: "Approval decided", act: "decided about: {thing}" },
  "approval.end": { label: "Request for approval ended", act: "closed the request: {thing}" },
  "remediation.open": { label: "Difference found", act: "found a difference: {thing}" },
  "remediation.close": { label: "Difference gone", act: "found a difference to be gone: {thing}" },
  "remediation.accept": { label: "Difference accepted", act: "accepted a difference: {thing}" },
  "remediation.assign": { label: "Difference assigned", act: "said who sees to a difference, and by when: {thing}" },
  "finding.raise": { label: "Gap found", act: "found a gap: {thing}" },
  "finding.reopen": { label: "Gap found again", act: "found a gap again: {thing}" },
  "control.ask": { label: "Controls looked at", act: "had the controls of {thing} looked at" },
  "evidence.ask": { label: "Collection of evidence asked for", act: "had the evidence of {thing} collected" },
  "control_exception.record": { label: "Gap of a control accepted", act: "accepted a gap of {thing} for a time" },
  "control_exception.end": { label: "Acceptance of a gap ended", act: "ended the acceptance of a gap of {thing}" },
  "evidence.collect": { label: "Evidence collected", act: "collected evidence of {thing}" },
  "drill.ask": { label: "Drill asked for", act: "asked for a drill of {thing}" },
  "drill.run": { label: "Drill run", act: "ran a drill: {thing}" },
  "mitigation.apply": { label: "Mitigation applied", act: "mitigated {thing}" },
  "mitigation.measure": { label: "Mitigation measured", act: "measured what a mitigation of {thing} did" },
  "mitigation.end": { label: "Mitigation ended", act: "ended a mitigation of {thing}" },
  "mitigation.set": { label: "Rules for mitigations set", act: "set what alerts of {thing} do" },
  "slo.set": { label: "Objective changed", act: "changed the objective {thing}" },
  "slo.breach": { label: "Objective breached", act: "found the budget of {thing} burning too fast" },
  "slo.recover": { label: "Objective recovered", act: "found the budget of {thing} to burn no longer" },
  "run.start": { label: "Run started", act: "started a run of {thing}" },
  "run.rerun": { label: "Run repeated from a step", act: "repeated a run of {thing} from one of its steps" },
  "run.export": { label: "Runs exported", act: "exported a list of runs" },
  "run.finish": { label: "Run finished", act: "finished a run of {thing}" },
  "run.attach": { label: "Evidence attached", act: "attached evidence to a run of {thing}" },
  "run.cancel": { label: "Run cancelled", act: "cancelled a run of {thing}" },
  "run.kill": { label: "Run killed", act: "killed a run of {thing}" },
} as const satisfies Readonly<Record<string, ActionWords>>;

export type ReceiptAction = keyof typeof RECEIPT_ACTIONS;

/** The actions in the order in which a person chooses among them. */
export const ALL_RECEIPT_ACTIONS = Object.keys(RECEIPT_ACTIONS) as [ReceiptAction, ...ReceiptAction[]];

function wordsOf(action: string): ActionWords | undefined {
  return Object.hasOwn(RECEIPT_ACTIONS, action) ? RECEIPT_ACTIONS[action as ReceiptAction] : undefined;
}

/** What was done, in words; the action itself when it is one of a product older or newer than this. */
export const actionLabel = (action: string) => wordsOf(action)?.label ?? action;

/** A receipt as one sentence without its full stop; a thing without a name is left out of it. */
export function receiptSentence({ who, action, thing }: { who: string; action: string; thing: string | null }): string {
  const words = wordsOf(action);
  if (words === undefined || (thing === null && words.act.includes("{thing}"))) return `${who}: ${actionLabel(action)}`;
  // A function, as `$&` in a name would be read as a pattern.
  return `${who} ${words.act.replace("{thing}", () => thing ?? "")}`;
}
