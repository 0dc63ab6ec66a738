# Hosted SaaS, generated from the rules of Maestro Conductor: not to be edited.
# conductor-governance-saas@1+c1508132004d75fa

package conductor.authz

import future.keywords.contains
import future.keywords.if
import future.keywords.in

# --- the answer

default allow := false

allow if {
	count(granted) != 0
	count(denied) == 0
}

# The rules that allow it.
matched contains id if {
	allow
	some id in granted
}

# What has to be done before it begins.
obligations contains obligation if {
	allow
	obligation := data.conductor.authz_data.obligations[input.action][input.resource.environment][input.resource.riskProfile]
}

# What cannot be read is denied, whatever would allow it.
denied contains "malformed-input" if not valid_input

# --- who may what

# Every member sees the tenant, its members and its receipts.
granted contains "tenant-read" if {
	input.action in {"tenant.read", "member.read", "receipt.read"}
	some role in input.principal.roles
	role in {"conductor_admin", "tenant_admin", "workflow_author", "workflow_reviewer", "operator", "read_only"}
	same_tenant
}

# Administrators manage the tenant, its members and its API keys.
granted contains "tenant-administer" if {
	input.action in {"tenant.update", "member.invite", "member.update", "member.remove", "api_key.read", "api_key.create", "api_key.rotate", "api_key.revoke"}
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin"}
	same_tenant
}

# Administrators, authors and reviewers see which secrets there are and where they may be sent.
granted contains "secret-list" if {
	input.action == "secret.read"
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin", "workflow_author", "workflow_reviewer"}
	same_tenant
}

# Administrators set, confine and delete secrets.
granted contains "secret-keep" if {
	input.action in {"secret.set", "secret.update", "secret.delete"}
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin"}
	same_tenant
}

# Every member sees workflows up to their clearance.
granted contains "workflow-read" if {
	input.action == "workflow.read"
	some role in input.principal.roles
	role in {"conductor_admin", "tenant_admin", "workflow_author", "workflow_reviewer", "operator", "read_only"}
	same_tenant
	cleared
}

# Authors write workflows and submit them for review.
granted contains "workflow-author" if {
	input.action in {"workflow.author", "workflow.submit"}
	some role in input.principal.roles
	role == "workflow_author"
	same_tenant
	cleared
}

# Reviewers approve and publish versions.
granted contains "workflow-review" if {
	input.action in {"workflow.review", "workflow.publish"}
	some role in input.principal.roles
	role == "workflow_reviewer"
	same_tenant
	cleared
}

# Reviewers and administrators retire workflows.
granted contains "workflow-retire" if {
	input.action == "workflow.retire"
	some role in input.principal.roles
	role in {"workflow_reviewer", "tenant_admin", "conductor_admin"}
	same_tenant
	cleared
}

# Every member sees runs up to their clearance.
granted contains "run-read" if {
	input.action == "run.read"
	some role in input.principal.roles
	role in {"conductor_admin", "tenant_admin", "workflow_author", "workflow_reviewer", "operator", "read_only"}
	same_tenant
	cleared
}

# Operators start runs, and authors try out what is of little risk.
granted contains "run-start" if {
	input.action == "run.start"
	some role in input.principal.roles
	role == "workflow_author"
	input.resource.environment in {"dev", "staging"}
	input.resource.riskProfile in {"low", "medium"}
	same_tenant
	cleared
}

# Operators start runs, and authors try out what is of little risk.
granted contains "run-start" if {
	input.action == "run.start"
	some role in input.principal.roles
	role == "operator"
	same_tenant
	cleared
}

# Whoever holds the kill switch of runs cancels and kills them.
granted contains "run-stop" if {
	input.action in {"run.cancel", "run.kill"}
	some role in input.principal.roles
	role in {"operator", "tenant_admin", "conductor_admin"}
	same_tenant
}

# Every member sees requests for approval of runs up to their clearance.
granted contains "approval-read" if {
	input.action == "approval.read"
	some role in input.principal.roles
	role in {"conductor_admin", "tenant_admin", "workflow_author", "workflow_reviewer", "operator", "read_only"}
	same_tenant
	cleared
}

# People whose role a stage asks decide about what they neither wrote nor asked for, once.
granted contains "approval-decide" if {
	input.action == "approval.decide"
	some role in input.principal.roles
	role in {"conductor_admin", "tenant_admin", "workflow_author", "workflow_reviewer", "operator"}
	same_tenant
	cleared
	person
	asked
	not requester
	not voter
}

# Every member sees triggers of workflows up to their clearance.
granted contains "trigger-read" if {
	input.action == "trigger.read"
	some role in input.principal.roles
	role in {"conductor_admin", "tenant_admin", "workflow_author", "workflow_reviewer", "operator", "read_only"}
	same_tenant
	cleared
}

# Administrators open webhooks and rotate their secrets.
granted contains "trigger-expose" if {
	input.action in {"trigger.expose", "trigger.rotate"}
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin"}
	same_tenant
	cleared
}

# Whoever may start a workflow schedules it and lets events start it, and ends that.
granted contains "trigger-operate" if {
	input.action in {"trigger.schedule", "trigger.subscribe", "trigger.disable", "trigger.delete"}
	some role in input.principal.roles
	role == "workflow_author"
	input.resource.environment in {"dev", "staging"}
	input.resource.riskProfile in {"low", "medium"}
	same_tenant
	cleared
}

# Whoever may start a workflow schedules it and lets events start it, and ends that.
granted contains "trigger-operate" if {
	input.action in {"trigger.schedule", "trigger.subscribe", "trigger.disable", "trigger.delete"}
	some role in input.principal.roles
	role == "operator"
	same_tenant
	cleared
}

# Operators and administrators disable and delete triggers.
granted contains "trigger-stop" if {
	input.action in {"trigger.disable", "trigger.delete"}
	some role in input.principal.roles
	role in {"operator", "tenant_admin", "conductor_admin"}
	same_tenant
}

# Operators send events.
granted contains "event-send" if {
	input.action == "event.send"
	some role in input.principal.roles
	role == "operator"
	same_tenant
}

# Every member sees which adapters there are and where they lie.
granted contains "adapter-list" if {
	input.action == "adapter.read"
	some role in input.principal.roles
	role in {"conductor_admin", "tenant_admin", "workflow_author", "workflow_reviewer", "operator", "read_only"}
	same_tenant
}

# Administrators register adapters, change where they lie, and rotate their secrets.
granted contains "adapter-keep" if {
	input.action in {"adapter.register", "adapter.update", "adapter.rotate"}
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin"}
	same_tenant
}

# Operators and administrators end adapters.
granted contains "adapter-end" if {
	input.action == "adapter.end"
	some role in input.principal.roles
	role in {"operator", "tenant_admin", "conductor_admin"}
	same_tenant
}

# Whoever holds the kill switch of workflows kills one.
granted contains "workflow-kill" if {
	input.action == "workflow.kill"
	some role in input.principal.roles
	role in {"operator", "tenant_admin", "conductor_admin"}
	same_tenant
}

# Whoever holds the kill switch of the tenant kills all of it.
granted contains "tenant-kill" if {
	input.action == "tenant.kill"
	some role in input.principal.roles
	role in {"operator", "tenant_admin", "conductor_admin"}
	same_tenant
}

# With break-glass open, operators and administrators stop anything of the tenant.
granted contains "break-glass-kill" if {
	input.action in {"run.cancel", "run.kill", "workflow.kill", "tenant.kill"}
	some role in input.principal.roles
	role in {"operator", "tenant_admin", "conductor_admin"}
	same_tenant
	break_glass
}

# Administrators lift a kill.
granted contains "hold-lift" if {
	input.action in {"workflow.lift", "tenant.lift"}
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin"}
	same_tenant
	cleared
}

# Operators and administrators pause a workflow or the tenant.
granted contains "hold-pause" if {
	input.action in {"workflow.pause", "tenant.pause"}
	some role in input.principal.roles
	role in {"operator", "tenant_admin", "conductor_admin"}
	same_tenant
}

# Operators and administrators resume what was paused.
granted contains "hold-resume" if {
	input.action in {"workflow.resume", "tenant.resume"}
	some role in input.principal.roles
	role in {"operator", "tenant_admin", "conductor_admin"}
	same_tenant
	cleared
}

# Conductor administrators of the operating tenant kill all tenants, and lift that.
granted contains "hold-deployment" if {
	input.action in {"deployment.kill", "deployment.lift"}
	some role in input.principal.roles
	role == "conductor_admin"
	same_tenant
}

# Conductor administrators of the operating tenant set a tenant's quotas.
granted contains "quota-set" if {
	input.action == "deployment.set_quotas"
	some role in input.principal.roles
	role == "conductor_admin"
	same_tenant
}

# Conductor administrators of the operating tenant make tenants for customers of a partner.
granted contains "tenant-provision" if {
	input.action == "deployment.provision"
	some role in input.principal.roles
	role == "conductor_admin"
	same_tenant
}

# Every member sees the policy, its changes, and who opened break-glass.
granted contains "policy-read" if {
	input.action in {"policy.read", "break_glass.read", "remediation.read"}
	some role in input.principal.roles
	role in {"conductor_admin", "tenant_admin", "workflow_author", "workflow_reviewer", "operator", "read_only"}
	same_tenant
}

# Administrators propose another policy, and withdraw what was proposed.
granted contains "policy-propose" if {
	input.action in {"policy.propose", "policy.withdraw"}
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin"}
	same_tenant
	person
}

# Administrators say who sees to a remediation task, and until when.
granted contains "remediation-assign" if {
	input.action == "remediation.assign"
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin"}
	same_tenant
}

# An administrator agrees to another policy that somebody else proposed.
granted contains "policy-approve" if {
	input.action == "policy.approve"
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin"}
	same_tenant
	person
	not requester
}

# Administrators, reviewers and readers see what was decided about whom.
granted contains "decision-read" if {
	input.action == "decision.read"
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin", "workflow_reviewer", "read_only"}
	same_tenant
}

# Operators and administrators ask for break-glass, and end it.
granted contains "break-glass-open" if {
	input.action in {"break_glass.open", "break_glass.end"}
	some role in input.principal.roles
	role in {"operator", "tenant_admin", "conductor_admin"}
	same_tenant
	person
}

# Somebody else than who asked opens break-glass, where the pack wants a second person.
granted contains "break-glass-approve" if {
	input.action == "break_glass.approve"
	some role in input.principal.roles
	role in {"operator", "tenant_admin", "conductor_admin"}
	same_tenant
	person
	not requester
}

# Administrators, reviewers and readers see reviews of access.
granted contains "access-review-read" if {
	input.action == "access_review.read"
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin", "workflow_reviewer", "read_only"}
	same_tenant
}

# Administrators open and close reviews of access.
granted contains "access-review-open" if {
	input.action in {"access_review.open", "access_review.close"}
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin"}
	same_tenant
}

# Administrators and reviewers decide who keeps access, never about themselves.
granted contains "access-review-decide" if {
	input.action == "access_review.decide"
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin", "workflow_reviewer"}
	same_tenant
	person
	not requester
}

# Every member sees objectives and incidents.
granted contains "assurance-read" if {
	input.action in {"slo.read", "incident.read"}
	some role in input.principal.roles
	role in {"conductor_admin", "tenant_admin", "workflow_author", "workflow_reviewer", "operator", "read_only"}
	same_tenant
}

# Administrators set objectives.
granted contains "slo-set" if {
	input.action == "slo.set"
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin"}
	same_tenant
}

# Everyone who works with runs declares an incident.
granted contains "incident-declare" if {
	input.action == "incident.declare"
	some role in input.principal.roles
	role in {"operator", "workflow_author", "workflow_reviewer", "tenant_admin", "conductor_admin"}
	same_tenant
}

# Operators and administrators acknowledge and resolve incidents.
granted contains "incident-work" if {
	input.action in {"incident.acknowledge", "incident.resolve"}
	some role in input.principal.roles
	role in {"operator", "tenant_admin", "conductor_admin"}
	same_tenant
}

# Administrators, reviewers and readers see evidence, audits and findings.
granted contains "evidence-read" if {
	input.action in {"evidence.read", "audit.read", "finding.read"}
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin", "workflow_reviewer", "read_only"}
	same_tenant
}

# Administrators collect and export evidence, run audits and see to findings.
granted contains "evidence-work" if {
	input.action in {"evidence.collect", "evidence.export", "audit.run", "finding.assign", "finding.close"}
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin"}
	same_tenant
}

# Administrators see and change what the tenant pays for.
granted contains "billing" if {
	input.action in {"billing.read", "billing.change"}
	some role in input.principal.roles
	role in {"tenant_admin", "conductor_admin"}
	same_tenant
}

# Conductor administrators see costs and margins, and set prices.
granted contains "pricing" if {
	input.action in {"pricing.read", "pricing.set"}
	some role in input.principal.roles
	role == "conductor_admin"
	same_tenant
}

# Conductor administrators sign what is sold, each version once and two people each.
granted contains "catalogue-sign" if {
	input.action == "catalogue.sign"
	some role in input.principal.roles
	role == "conductor_admin"
	same_tenant
	person
	not requester
}

# --- what nobody may, whatever their roles grant

# Nobody approves or publishes what they shaped themselves.
denied contains "own-work" if {
	input.action in {"workflow.review", "workflow.publish", "approval.decide"}
	contributor
}

# What is confined to its region is done by people of that region.
denied contains "residency" if {
	input.action in {"run.start", "workflow.publish", "trigger.schedule", "trigger.subscribe"}
	not same_region
}

# --- relations between who asks and what is asked about

governed if input.resource.subject in {"workflow", "run", "approval", "trigger"}

same_tenant if input.principal.tenantId == input.resource.tenantId

same_region if not governed

same_region if input.principal.region == input.resource.region

same_business_unit if not governed

same_business_unit if input.principal.businessUnit == input.resource.businessUnit

cleared if not governed

cleared if {
	input.principal.clearance == "public"
	input.resource.dataSensitivity == "public"
}

cleared if {
	input.principal.clearance == "internal"
	input.resource.dataSensitivity in {"public", "internal"}
}

cleared if {
	input.principal.clearance == "confidential"
	input.resource.dataSensitivity in {"public", "internal", "confidential"}
}

cleared if {
	input.principal.clearance == "restricted"
	input.resource.dataSensitivity in {"public", "internal", "confidential", "restricted"}
}

contributor if input.principal.id in input.resource.contributors

person if input.principal.kind == "user"

asked if input.resource.role in input.principal.roles

requester if input.principal.id in input.resource.requesters

voter if input.principal.id in input.resource.voters

break_glass if input.principal.breakGlass == true

# --- what can be answered at all

valid_input if {
	is_object(input)
	count(input) == 3
	valid_principal
	valid_resource
	action_fits_resource
}

valid_principal if {
	is_object(input.principal)
	count(input.principal) == 7
	valid_principal_attributes
}

valid_principal if {
	is_object(input.principal)
	count(input.principal) == 8
	valid_principal_attributes
	is_boolean(input.principal.breakGlass)
}

valid_principal_attributes if {
	input.principal.kind in {"user", "api_key", "trigger", "job"}
	is_string(input.principal.id)
	count(input.principal.id) >= 1
	count(input.principal.id) <= 200
	is_string(input.principal.tenantId)
	count(input.principal.tenantId) >= 1
	count(input.principal.tenantId) <= 200
	is_array(input.principal.roles)
	count(input.principal.roles) <= 6
	not faulty_roles
	input.principal.region in {"eu", "us", "apac"}
	is_string(input.principal.businessUnit)
	count(input.principal.businessUnit) >= 1
	count(input.principal.businessUnit) <= 63
	input.principal.clearance in {"public", "internal", "confidential", "restricted"}
}

proper_roles contains item if {
	some item in input.principal.roles
	item in {"conductor_admin", "tenant_admin", "workflow_author", "workflow_reviewer", "operator", "read_only"}
}

faulty_roles if {
	some item in input.principal.roles
	not item in proper_roles
}

valid_resource if {
	is_object(input.resource)
	count(input.resource) == 2
	input.resource.subject in {"deployment", "tenant", "member", "api_key", "secret", "event", "adapter", "receipt", "decision", "remediation", "billing", "pricing", "slo", "incident", "evidence", "audit", "finding"}
	is_string(input.resource.tenantId)
	count(input.resource.tenantId) >= 1
	count(input.resource.tenantId) <= 200
}

valid_resource if {
	is_object(input.resource)
	count(input.resource) == 3
	input.resource.subject in {"policy", "break_glass", "access_review", "catalogue"}
	is_string(input.resource.tenantId)
	count(input.resource.tenantId) >= 1
	count(input.resource.tenantId) <= 200
	is_array(input.resource.requesters)
	count(input.resource.requesters) <= 1000
	not faulty_requesters
}

proper_requesters contains item if {
	some item in input.resource.requesters
	is_string(item)
	count(item) >= 1
	count(item) <= 200
}

faulty_requesters if {
	some item in input.resource.requesters
	not item in proper_requesters
}

valid_resource if {
	is_object(input.resource)
	count(input.resource) == 8
	input.resource.subject in {"workflow", "run", "trigger"}
	is_string(input.resource.tenantId)
	count(input.resource.tenantId) >= 1
	count(input.resource.tenantId) <= 200
	input.resource.environment in {"dev", "staging", "prod"}
	input.resource.region in {"eu", "us", "apac"}
	input.resource.riskProfile in {"low", "medium", "high", "critical"}
	is_string(input.resource.businessUnit)
	count(input.resource.businessUnit) >= 1
	count(input.resource.businessUnit) <= 63
	input.resource.dataSensitivity in {"public", "internal", "confidential", "restricted"}
	is_array(input.resource.contributors)
	count(input.resource.contributors) <= 1000
	not faulty_contributors
}

proper_contributors contains item if {
	some item in input.resource.contributors
	is_string(item)
	count(item) >= 1
	count(item) <= 200
}

faulty_contributors if {
	some item in input.resource.contributors
	not item in proper_contributors
}

valid_resource if {
	is_object(input.resource)
	count(input.resource) == 11
	input.resource.subject == "approval"
	is_string(input.resource.tenantId)
	count(input.resource.tenantId) >= 1
	count(input.resource.tenantId) <= 200
	input.resource.environment in {"dev", "staging", "prod"}
	input.resource.region in {"eu", "us", "apac"}
	input.resource.riskProfile in {"low", "medium", "high", "critical"}
	is_string(input.resource.businessUnit)
	count(input.resource.businessUnit) >= 1
	count(input.resource.businessUnit) <= 63
	input.resource.dataSensitivity in {"public", "internal", "confidential", "restricted"}
	is_array(input.resource.contributors)
	count(input.resource.contributors) <= 1000
	not faulty_contributors
	input.resource.role in {"conductor_admin", "tenant_admin", "workflow_author", "workflow_reviewer", "operator", "read_only"}
	is_array(input.resource.requesters)
	count(input.resource.requesters) <= 50
	not faulty_requesters
	is_array(input.resource.voters)
	count(input.resource.voters) <= 100
	not faulty_voters
}

proper_voters contains item if {
	some item in input.resource.voters
	is_string(item)
	count(item) >= 1
	count(item) <= 200
}

faulty_voters if {
	some item in input.resource.voters
	not item in proper_voters
}

action_fits_resource if {
	input.resource.subject == "deployment"
	input.action in {"deployment.kill", "deployment.lift", "deployment.set_quotas", "deployment.provision"}
}

action_fits_resource if {
	input.resource.subject == "tenant"
	input.action in {"tenant.read", "tenant.update", "tenant.kill", "tenant.lift", "tenant.pause", "tenant.resume"}
}

action_fits_resource if {
	input.resource.subject == "member"
	input.action in {"member.read", "member.invite", "member.update", "member.remove"}
}

action_fits_resource if {
	input.resource.subject == "api_key"
	input.action in {"api_key.read", "api_key.create", "api_key.rotate", "api_key.revoke"}
}

action_fits_resource if {
	input.resource.subject == "secret"
	input.action in {"secret.read", "secret.set", "secret.update", "secret.delete"}
}

action_fits_resource if {
	input.resource.subject == "workflow"
	input.action in {"workflow.read", "workflow.author", "workflow.submit", "workflow.review", "workflow.publish", "workflow.retire", "workflow.kill", "workflow.lift", "workflow.pause", "workflow.resume"}
}

action_fits_resource if {
	input.resource.subject == "run"
	input.action in {"run.read", "run.start", "run.cancel", "run.kill"}
}

action_fits_resource if {
	input.resource.subject == "approval"
	input.action in {"approval.read", "approval.decide"}
}

action_fits_resource if {
	input.resource.subject == "trigger"
	input.action in {"trigger.read", "trigger.expose", "trigger.rotate", "trigger.schedule", "trigger.subscribe", "trigger.disable", "trigger.delete"}
}

action_fits_resource if {
	input.resource.subject == "event"
	input.action == "event.send"
}

action_fits_resource if {
	input.resource.subject == "adapter"
	input.action in {"adapter.read", "adapter.register", "adapter.update", "adapter.rotate", "adapter.end"}
}

action_fits_resource if {
	input.resource.subject == "receipt"
	input.action == "receipt.read"
}

action_fits_resource if {
	input.resource.subject == "decision"
	input.action == "decision.read"
}

action_fits_resource if {
	input.resource.subject == "policy"
	input.action in {"policy.read", "policy.propose", "policy.approve", "policy.withdraw"}
}

action_fits_resource if {
	input.resource.subject == "break_glass"
	input.action in {"break_glass.read", "break_glass.open", "break_glass.approve", "break_glass.end"}
}

action_fits_resource if {
	input.resource.subject == "access_review"
	input.action in {"access_review.read", "access_review.open", "access_review.decide", "access_review.close"}
}

action_fits_resource if {
	input.resource.subject == "remediation"
	input.action in {"remediation.read", "remediation.assign"}
}

action_fits_resource if {
	input.resource.subject == "billing"
	input.action in {"billing.read", "billing.change"}
}

action_fits_resource if {
	input.resource.subject == "pricing"
	input.action in {"pricing.read", "pricing.set"}
}

action_fits_resource if {
	input.resource.subject == "slo"
	input.action in {"slo.read", "slo.set"}
}

action_fits_resource if {
	input.resource.subject == "incident"
	input.action in {"incident.read", "incident.declare", "incident.acknowledge", "incident.resolve"}
}

action_fits_resource if {
	input.resource.subject == "evidence"
	input.action in {"evidence.read", "evidence.collect", "evidence.export"}
}

action_fits_resource if {
	input.resource.subject == "audit"
	input.action in {"audit.read", "audit.run"}
}

action_fits_resource if {
	input.resource.subject == "finding"
	input.action in {"finding.read", "finding.assign", "finding.close"}
}

action_fits_resource if {
	input.resource.subject == "catalogue"
	input.action == "catalogue.sign"
}
