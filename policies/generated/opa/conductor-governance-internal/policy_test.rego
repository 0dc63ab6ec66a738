package conductor.authz_test

import data.conductor.authz
import future.keywords.if
import future.keywords.in

# A conductor admin writes a workflow in dev at low risk.
test_001 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin writes a workflow in dev at low risk.
test_002 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author writes a workflow in dev at low risk.
test_003 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-author" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer writes a workflow in dev at low risk.
test_004 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator writes a workflow in dev at low risk.
test_005 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reader writes a workflow in dev at low risk.
test_006 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin writes a workflow in prod at critical risk.
test_007 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin writes a workflow in prod at critical risk.
test_008 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author writes a workflow in prod at critical risk.
test_009 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-author" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer writes a workflow in prod at critical risk.
test_010 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator writes a workflow in prod at critical risk.
test_011 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reader writes a workflow in prod at critical risk.
test_012 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin publishes a version in dev at low risk.
test_013 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin publishes a version in dev at low risk.
test_014 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author publishes a version in dev at low risk.
test_015 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer publishes a version in dev at low risk.
test_016 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-review" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator publishes a version in dev at low risk.
test_017 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reader publishes a version in dev at low risk.
test_018 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin publishes a version in prod at critical risk.
test_019 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin publishes a version in prod at critical risk.
test_020 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author publishes a version in prod at critical risk.
test_021 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer publishes a version in prod at critical risk.
test_022 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-review" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator publishes a version in prod at critical risk.
test_023 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reader publishes a version in prod at critical risk.
test_024 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin starts a run in dev at low risk.
test_025 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin starts a run in dev at low risk.
test_026 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author starts a run in dev at low risk.
test_027 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer starts a run in dev at low risk.
test_028 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator starts a run in dev at low risk.
test_029 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader starts a run in dev at low risk.
test_030 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin starts a run in prod at critical risk.
test_031 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin starts a run in prod at critical risk.
test_032 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author starts a run in prod at critical risk.
test_033 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer starts a run in prod at critical risk.
test_034 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator starts a run in prod at critical risk.
test_035 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader starts a run in prod at critical risk.
test_036 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin approves where their role is asked in dev at low risk.
test_037 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
}

# A tenant admin approves where their role is asked in dev at low risk.
test_038 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"tenant_admin","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"tenant_admin","requesters":[],"voters":[]}}
}

# An author approves where their role is asked in dev at low risk.
test_039 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_author","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_author","requesters":[],"voters":[]}}
}

# A reviewer approves where their role is asked in dev at low risk.
test_040 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_reviewer","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_reviewer","requesters":[],"voters":[]}}
}

# An operator approves where their role is asked in dev at low risk.
test_041 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"operator","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"operator","requesters":[],"voters":[]}}
}

# A reader approves where their role is asked in dev at low risk.
test_042 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"read_only","requesters":[],"voters":[]}}

# A conductor admin approves where their role is asked in prod at critical risk.
test_043 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
}

# A tenant admin approves where their role is asked in prod at critical risk.
test_044 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"tenant_admin","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"tenant_admin","requesters":[],"voters":[]}}
}

# An author approves where their role is asked in prod at critical risk.
test_045 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_author","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_author","requesters":[],"voters":[]}}
}

# A reviewer approves where their role is asked in prod at critical risk.
test_046 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_reviewer","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_reviewer","requesters":[],"voters":[]}}
}

# An operator approves where their role is asked in prod at critical risk.
test_047 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"operator","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"operator","requesters":[],"voters":[]}}
}

# A reader approves where their role is asked in prod at critical risk.
test_048 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"read_only","requesters":[],"voters":[]}}

# A conductor admin kills a run in dev at low risk.
test_049 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A tenant admin kills a run in dev at low risk.
test_050 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author kills a run in dev at low risk.
test_051 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer kills a run in dev at low risk.
test_052 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator kills a run in dev at low risk.
test_053 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader kills a run in dev at low risk.
test_054 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin kills a run in prod at critical risk.
test_055 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A tenant admin kills a run in prod at critical risk.
test_056 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author kills a run in prod at critical risk.
test_057 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer kills a run in prod at critical risk.
test_058 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator kills a run in prod at critical risk.
test_059 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader kills a run in prod at critical risk.
test_060 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin kills a run of another tenant.
test_061 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin kills a run of another tenant.
test_062 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author kills a run of another tenant.
test_063 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer kills a run of another tenant.
test_064 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator kills a run of another tenant.
test_065 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reader kills a run of another tenant.
test_066 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer publishes what they shaped.
test_067 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
	"own-work" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
}

# A reviewer reviews what they shaped.
test_068 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
	"own-work" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
}

# A tenant admin approves what they shaped.
test_069 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"],"role":"tenant_admin","requesters":[],"voters":[]}}
	"own-work" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"],"role":"tenant_admin","requesters":[],"voters":[]}}
}

# An operator starts what is above their clearance.
test_070 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# An operator kills what is above their clearance.
test_071 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
}

# A reader reads what is above their clearance.
test_072 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"confidential","contributors":[]}}

# An operator starts a run of another region.
test_073 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"us","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"us","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator starts a run of another business unit.
test_074 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"sales","dataSensitivity":"internal","contributors":[]}}
	"own-unit" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"sales","dataSensitivity":"internal","contributors":[]}}
}

# An operator kills a run of another business unit.
test_075 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"sales","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"sales","dataSensitivity":"internal","contributors":[]}}
}

# An operator kills the tenant.
test_076 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"tenant-kill" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A tenant admin kills the tenant.
test_077 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"tenant-kill" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A tenant admin kills all tenants.
test_078 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.kill","resource":{"subject":"deployment","tenantId":"ten_own"}}
