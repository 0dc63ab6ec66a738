package conductor.authz_test

import data.conductor.authz
import future.keywords.if
import future.keywords.in

# A conductor admin closes an access review.
test_001 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.close","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
	"access-review-open" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.close","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin decides about an access review.
test_002 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.decide","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
	"access-review-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.decide","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin decides about an access review, about themselves.
test_003 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.decide","resource":{"subject":"access_review","tenantId":"ten_own","requesters":["usr_who_asks"]}}

# A conductor admin decides about an access review, as a program.
test_004 if not authz.allow with input as {"principal":{"kind":"api_key","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.decide","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}

# A conductor admin decides about an access review, of another tenant.
test_005 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.decide","resource":{"subject":"access_review","tenantId":"ten_other","requesters":[]}}

# A reader decides about an access review.
test_006 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.decide","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}

# A reviewer decides about an access review.
test_007 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.decide","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
	"access-review-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.decide","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
}

# A tenant admin decides about an access review.
test_008 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.decide","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
	"access-review-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.decide","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
}

# An author decides about an access review.
test_009 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.decide","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}

# An operator decides about an access review.
test_010 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.decide","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}

# A conductor admin opens an access review.
test_011 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.open","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
	"access-review-open" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.open","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin opens an access review, of another tenant.
test_012 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.open","resource":{"subject":"access_review","tenantId":"ten_other","requesters":[]}}

# A reader opens an access review.
test_013 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.open","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}

# A reviewer opens an access review.
test_014 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.open","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}

# A tenant admin opens an access review.
test_015 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.open","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
	"access-review-open" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.open","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
}

# An author opens an access review.
test_016 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.open","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}

# An operator opens an access review.
test_017 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.open","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}

# A conductor admin sees an access review.
test_018 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.read","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
	"access-review-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.read","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin sees an access review, of another tenant.
test_019 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.read","resource":{"subject":"access_review","tenantId":"ten_other","requesters":[]}}

# A reader sees an access review.
test_020 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.read","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
	"access-review-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.read","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
}

# A reviewer sees an access review.
test_021 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.read","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
	"access-review-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.read","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
}

# A tenant admin sees an access review.
test_022 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.read","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
	"access-review-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.read","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}
}

# An author sees an access review.
test_023 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.read","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}

# An operator sees an access review.
test_024 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"access_review.read","resource":{"subject":"access_review","tenantId":"ten_own","requesters":[]}}

# A conductor admin ends an adapter.
test_025 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.end","resource":{"subject":"adapter","tenantId":"ten_own"}}
	"adapter-end" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.end","resource":{"subject":"adapter","tenantId":"ten_own"}}
}

# A conductor admin ends an adapter, of another tenant.
test_026 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.end","resource":{"subject":"adapter","tenantId":"ten_other"}}

# A reader ends an adapter.
test_027 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.end","resource":{"subject":"adapter","tenantId":"ten_own"}}

# A reviewer ends an adapter.
test_028 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.end","resource":{"subject":"adapter","tenantId":"ten_own"}}

# A tenant admin ends an adapter.
test_029 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.end","resource":{"subject":"adapter","tenantId":"ten_own"}}
	"adapter-end" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.end","resource":{"subject":"adapter","tenantId":"ten_own"}}
}

# An author ends an adapter.
test_030 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.end","resource":{"subject":"adapter","tenantId":"ten_own"}}

# An operator ends an adapter.
test_031 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.end","resource":{"subject":"adapter","tenantId":"ten_own"}}
	"adapter-end" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.end","resource":{"subject":"adapter","tenantId":"ten_own"}}
}

# A conductor admin sees an adapter.
test_032 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.read","resource":{"subject":"adapter","tenantId":"ten_own"}}
	"adapter-list" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.read","resource":{"subject":"adapter","tenantId":"ten_own"}}
}

# A conductor admin sees an adapter, of another tenant.
test_033 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.read","resource":{"subject":"adapter","tenantId":"ten_other"}}

# A reader sees an adapter.
test_034 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.read","resource":{"subject":"adapter","tenantId":"ten_own"}}
	"adapter-list" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.read","resource":{"subject":"adapter","tenantId":"ten_own"}}
}

# A reviewer sees an adapter.
test_035 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.read","resource":{"subject":"adapter","tenantId":"ten_own"}}
	"adapter-list" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.read","resource":{"subject":"adapter","tenantId":"ten_own"}}
}

# A tenant admin sees an adapter.
test_036 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.read","resource":{"subject":"adapter","tenantId":"ten_own"}}
	"adapter-list" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.read","resource":{"subject":"adapter","tenantId":"ten_own"}}
}

# An author sees an adapter.
test_037 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.read","resource":{"subject":"adapter","tenantId":"ten_own"}}
	"adapter-list" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.read","resource":{"subject":"adapter","tenantId":"ten_own"}}
}

# An operator sees an adapter.
test_038 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.read","resource":{"subject":"adapter","tenantId":"ten_own"}}
	"adapter-list" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.read","resource":{"subject":"adapter","tenantId":"ten_own"}}
}

# A conductor admin registers an adapter.
test_039 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.register","resource":{"subject":"adapter","tenantId":"ten_own"}}
	"adapter-keep" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.register","resource":{"subject":"adapter","tenantId":"ten_own"}}
}

# A conductor admin registers an adapter, of another tenant.
test_040 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.register","resource":{"subject":"adapter","tenantId":"ten_other"}}

# A reader registers an adapter.
test_041 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.register","resource":{"subject":"adapter","tenantId":"ten_own"}}

# A reviewer registers an adapter.
test_042 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.register","resource":{"subject":"adapter","tenantId":"ten_own"}}

# A tenant admin registers an adapter.
test_043 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.register","resource":{"subject":"adapter","tenantId":"ten_own"}}
	"adapter-keep" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.register","resource":{"subject":"adapter","tenantId":"ten_own"}}
}

# An author registers an adapter.
test_044 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.register","resource":{"subject":"adapter","tenantId":"ten_own"}}

# An operator registers an adapter.
test_045 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.register","resource":{"subject":"adapter","tenantId":"ten_own"}}

# A conductor admin rotates the secret of an adapter.
test_046 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.rotate","resource":{"subject":"adapter","tenantId":"ten_own"}}
	"adapter-keep" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.rotate","resource":{"subject":"adapter","tenantId":"ten_own"}}
}

# A conductor admin changes an adapter.
test_047 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.update","resource":{"subject":"adapter","tenantId":"ten_own"}}
	"adapter-keep" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"adapter.update","resource":{"subject":"adapter","tenantId":"ten_own"}}
}

# A conductor admin creates an API key.
test_048 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"api_key.create","resource":{"subject":"api_key","tenantId":"ten_own"}}
	"tenant-administer" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"api_key.create","resource":{"subject":"api_key","tenantId":"ten_own"}}
}

# A conductor admin sees an API key.
test_049 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"api_key.read","resource":{"subject":"api_key","tenantId":"ten_own"}}
	"tenant-administer" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"api_key.read","resource":{"subject":"api_key","tenantId":"ten_own"}}
}

# A conductor admin revokes an API key.
test_050 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"api_key.revoke","resource":{"subject":"api_key","tenantId":"ten_own"}}
	"tenant-administer" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"api_key.revoke","resource":{"subject":"api_key","tenantId":"ten_own"}}
}

# A conductor admin rotates the secret of an API key.
test_051 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"api_key.rotate","resource":{"subject":"api_key","tenantId":"ten_own"}}
	"tenant-administer" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"api_key.rotate","resource":{"subject":"api_key","tenantId":"ten_own"}}
}

# A conductor admin decides about a request for approval in dev at high risk.
test_052 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
}

# A conductor admin decides about a request for approval in dev at low risk, as a program.
test_053 if not authz.allow with input as {"principal":{"kind":"api_key","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}

# A conductor admin decides about a request for approval in dev at low risk, beyond their clearance.
test_054 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}

# A conductor admin decides about a request for approval in dev at low risk, for the second time.
test_055 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":["usr_who_asks"]}}

# A conductor admin decides about a request for approval in dev at low risk, of another tenant.
test_056 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}

# A conductor admin decides about a request for approval in dev at low risk, which asks another role.
test_057 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"tenant_admin","requesters":[],"voters":[]}}

# A conductor admin decides about a request for approval in dev at low risk, which they asked for themselves.
test_058 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":["usr_who_asks"],"voters":[]}}

# A conductor admin decides about a request for approval in dev at medium risk.
test_059 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
}

# A conductor admin decides about a request for approval in staging at low risk.
test_060 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
}

# A conductor admin sees a request for approval in dev at critical risk.
test_061 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
	"approval-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
}

# A conductor admin sees a request for approval in dev at high risk.
test_062 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
	"approval-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
}

# A conductor admin sees a request for approval in dev at low risk.
test_063 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
	"approval-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
}

# A conductor admin sees a request for approval in dev at low risk, beyond their clearance.
test_064 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}

# A conductor admin sees a request for approval in dev at low risk, of another tenant.
test_065 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}

# A conductor admin sees a request for approval in dev at medium risk.
test_066 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
	"approval-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
}

# A conductor admin sees a request for approval in prod at low risk.
test_067 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
	"approval-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
}

# A conductor admin sees a request for approval in staging at low risk.
test_068 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
	"approval-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
}

# A reader sees a request for approval in dev at low risk.
test_069 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"read_only","requesters":[],"voters":[]}}
	"approval-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"read_only","requesters":[],"voters":[]}}
}

# A reviewer sees a request for approval in dev at low risk.
test_070 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_reviewer","requesters":[],"voters":[]}}
	"approval-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_reviewer","requesters":[],"voters":[]}}
}

# A tenant admin sees a request for approval in dev at low risk.
test_071 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"tenant_admin","requesters":[],"voters":[]}}
	"approval-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"tenant_admin","requesters":[],"voters":[]}}
}

# An author sees a request for approval in dev at low risk.
test_072 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_author","requesters":[],"voters":[]}}
	"approval-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_author","requesters":[],"voters":[]}}
}

# An operator sees a request for approval in dev at low risk.
test_073 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"operator","requesters":[],"voters":[]}}
	"approval-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.read","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"operator","requesters":[],"voters":[]}}
}

# A conductor admin sees an audit.
test_074 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"audit.read","resource":{"subject":"audit","tenantId":"ten_own"}}
	"evidence-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"audit.read","resource":{"subject":"audit","tenantId":"ten_own"}}
}

# A conductor admin runs an audit.
test_075 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"audit.run","resource":{"subject":"audit","tenantId":"ten_own"}}
	"evidence-work" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"audit.run","resource":{"subject":"audit","tenantId":"ten_own"}}
}

# A conductor admin changes billing.
test_076 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"billing.change","resource":{"subject":"billing","tenantId":"ten_own"}}
	"billing" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"billing.change","resource":{"subject":"billing","tenantId":"ten_own"}}
}

# A conductor admin sees billing.
test_077 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"billing.read","resource":{"subject":"billing","tenantId":"ten_own"}}
	"billing" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"billing.read","resource":{"subject":"billing","tenantId":"ten_own"}}
}

# A conductor admin sees billing, of another tenant.
test_078 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"billing.read","resource":{"subject":"billing","tenantId":"ten_other"}}

# A reader sees billing.
test_079 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"billing.read","resource":{"subject":"billing","tenantId":"ten_own"}}

# A reviewer sees billing.
test_080 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"billing.read","resource":{"subject":"billing","tenantId":"ten_own"}}

# A tenant admin sees billing.
test_081 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"billing.read","resource":{"subject":"billing","tenantId":"ten_own"}}
	"billing" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"billing.read","resource":{"subject":"billing","tenantId":"ten_own"}}
}

# An author sees billing.
test_082 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"billing.read","resource":{"subject":"billing","tenantId":"ten_own"}}

# An operator sees billing.
test_083 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"billing.read","resource":{"subject":"billing","tenantId":"ten_own"}}

# A conductor admin approves break-glass.
test_084 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.approve","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
	"break-glass-approve" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.approve","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin approves break-glass, as a program.
test_085 if not authz.allow with input as {"principal":{"kind":"api_key","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.approve","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}

# A conductor admin approves break-glass, of another tenant.
test_086 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.approve","resource":{"subject":"break_glass","tenantId":"ten_other","requesters":[]}}

# A conductor admin approves break-glass, which they asked for themselves.
test_087 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.approve","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":["usr_who_asks"]}}

# A reader approves break-glass.
test_088 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.approve","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}

# A reviewer approves break-glass.
test_089 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.approve","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}

# A tenant admin approves break-glass.
test_090 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.approve","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
	"break-glass-approve" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.approve","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
}

# An author approves break-glass.
test_091 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.approve","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}

# An operator approves break-glass.
test_092 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.approve","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
	"break-glass-approve" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.approve","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin ends break-glass.
test_093 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.end","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
	"break-glass-open" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.end","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin opens break-glass.
test_094 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.open","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
	"break-glass-open" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.open","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin opens break-glass, as a program.
test_095 if not authz.allow with input as {"principal":{"kind":"api_key","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.open","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}

# A conductor admin opens break-glass, of another tenant.
test_096 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.open","resource":{"subject":"break_glass","tenantId":"ten_other","requesters":[]}}

# A reader opens break-glass.
test_097 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.open","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}

# A reviewer opens break-glass.
test_098 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.open","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}

# A tenant admin opens break-glass.
test_099 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.open","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
	"break-glass-open" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.open","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
}

# An author opens break-glass.
test_100 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.open","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}

# An operator opens break-glass.
test_101 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.open","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
	"break-glass-open" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.open","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin sees break-glass.
test_102 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.read","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
	"policy-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"break_glass.read","resource":{"subject":"break_glass","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin signs the catalogue.
test_103 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"catalogue.sign","resource":{"subject":"catalogue","tenantId":"ten_own","requesters":[]}}
	"catalogue-sign" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"catalogue.sign","resource":{"subject":"catalogue","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin signs the catalogue, as a program.
test_104 if not authz.allow with input as {"principal":{"kind":"api_key","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"catalogue.sign","resource":{"subject":"catalogue","tenantId":"ten_own","requesters":[]}}

# A conductor admin signs the catalogue, of another tenant.
test_105 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"catalogue.sign","resource":{"subject":"catalogue","tenantId":"ten_other","requesters":[]}}

# A conductor admin signs the catalogue, which they have signed already.
test_106 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"catalogue.sign","resource":{"subject":"catalogue","tenantId":"ten_own","requesters":["usr_who_asks"]}}

# A reader signs the catalogue.
test_107 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"catalogue.sign","resource":{"subject":"catalogue","tenantId":"ten_own","requesters":[]}}

# A reviewer signs the catalogue.
test_108 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"catalogue.sign","resource":{"subject":"catalogue","tenantId":"ten_own","requesters":[]}}

# A tenant admin signs the catalogue.
test_109 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"catalogue.sign","resource":{"subject":"catalogue","tenantId":"ten_own","requesters":[]}}

# An author signs the catalogue.
test_110 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"catalogue.sign","resource":{"subject":"catalogue","tenantId":"ten_own","requesters":[]}}

# An operator signs the catalogue.
test_111 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"catalogue.sign","resource":{"subject":"catalogue","tenantId":"ten_own","requesters":[]}}

# A conductor admin sees decisions on record.
test_112 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"decision.read","resource":{"subject":"decision","tenantId":"ten_own"}}
	"decision-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"decision.read","resource":{"subject":"decision","tenantId":"ten_own"}}
}

# A conductor admin sees decisions on record, of another tenant.
test_113 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"decision.read","resource":{"subject":"decision","tenantId":"ten_other"}}

# A reader sees decisions on record.
test_114 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"decision.read","resource":{"subject":"decision","tenantId":"ten_own"}}
	"decision-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"decision.read","resource":{"subject":"decision","tenantId":"ten_own"}}
}

# A reviewer sees decisions on record.
test_115 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"decision.read","resource":{"subject":"decision","tenantId":"ten_own"}}
	"decision-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"decision.read","resource":{"subject":"decision","tenantId":"ten_own"}}
}

# A tenant admin sees decisions on record.
test_116 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"decision.read","resource":{"subject":"decision","tenantId":"ten_own"}}
	"decision-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"decision.read","resource":{"subject":"decision","tenantId":"ten_own"}}
}

# An author sees decisions on record.
test_117 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"decision.read","resource":{"subject":"decision","tenantId":"ten_own"}}

# An operator sees decisions on record.
test_118 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"decision.read","resource":{"subject":"decision","tenantId":"ten_own"}}

# A conductor admin kills all tenants.
test_119 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.kill","resource":{"subject":"deployment","tenantId":"ten_own"}}
	"hold-deployment" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.kill","resource":{"subject":"deployment","tenantId":"ten_own"}}
}

# A conductor admin kills all tenants, of another tenant.
test_120 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.kill","resource":{"subject":"deployment","tenantId":"ten_other"}}

# A reader kills all tenants.
test_121 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.kill","resource":{"subject":"deployment","tenantId":"ten_own"}}

# A reviewer kills all tenants.
test_122 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.kill","resource":{"subject":"deployment","tenantId":"ten_own"}}

# An author kills all tenants.
test_123 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.kill","resource":{"subject":"deployment","tenantId":"ten_own"}}

# An operator kills all tenants.
test_124 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.kill","resource":{"subject":"deployment","tenantId":"ten_own"}}

# A conductor admin lifts the kill of all tenants.
test_125 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.lift","resource":{"subject":"deployment","tenantId":"ten_own"}}
	"hold-deployment" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.lift","resource":{"subject":"deployment","tenantId":"ten_own"}}
}

# A conductor admin provisions a tenant.
test_126 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.provision","resource":{"subject":"deployment","tenantId":"ten_own"}}
	"tenant-provision" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.provision","resource":{"subject":"deployment","tenantId":"ten_own"}}
}

# A conductor admin provisions a tenant, of another tenant.
test_127 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.provision","resource":{"subject":"deployment","tenantId":"ten_other"}}

# A reader provisions a tenant.
test_128 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.provision","resource":{"subject":"deployment","tenantId":"ten_own"}}

# A reviewer provisions a tenant.
test_129 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.provision","resource":{"subject":"deployment","tenantId":"ten_own"}}

# A tenant admin provisions a tenant.
test_130 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.provision","resource":{"subject":"deployment","tenantId":"ten_own"}}

# An author provisions a tenant.
test_131 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.provision","resource":{"subject":"deployment","tenantId":"ten_own"}}

# An operator provisions a tenant.
test_132 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.provision","resource":{"subject":"deployment","tenantId":"ten_own"}}

# A conductor admin sets the quotas of all tenants.
test_133 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.set_quotas","resource":{"subject":"deployment","tenantId":"ten_own"}}
	"quota-set" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.set_quotas","resource":{"subject":"deployment","tenantId":"ten_own"}}
}

# A conductor admin sets the quotas of all tenants, of another tenant.
test_134 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.set_quotas","resource":{"subject":"deployment","tenantId":"ten_other"}}

# A reader sets the quotas of all tenants.
test_135 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.set_quotas","resource":{"subject":"deployment","tenantId":"ten_own"}}

# A reviewer sets the quotas of all tenants.
test_136 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.set_quotas","resource":{"subject":"deployment","tenantId":"ten_own"}}

# A tenant admin sets the quotas of all tenants.
test_137 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.set_quotas","resource":{"subject":"deployment","tenantId":"ten_own"}}

# An author sets the quotas of all tenants.
test_138 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.set_quotas","resource":{"subject":"deployment","tenantId":"ten_own"}}

# An operator sets the quotas of all tenants.
test_139 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.set_quotas","resource":{"subject":"deployment","tenantId":"ten_own"}}

# A conductor admin sends an event.
test_140 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"event.send","resource":{"subject":"event","tenantId":"ten_own"}}

# A reader sends an event.
test_141 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"event.send","resource":{"subject":"event","tenantId":"ten_own"}}

# A reviewer sends an event.
test_142 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"event.send","resource":{"subject":"event","tenantId":"ten_own"}}

# A tenant admin sends an event.
test_143 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"event.send","resource":{"subject":"event","tenantId":"ten_own"}}

# An author sends an event.
test_144 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"event.send","resource":{"subject":"event","tenantId":"ten_own"}}

# An operator sends an event.
test_145 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"event.send","resource":{"subject":"event","tenantId":"ten_own"}}
	"event-send" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"event.send","resource":{"subject":"event","tenantId":"ten_own"}}
}

# An operator sends an event, of another tenant.
test_146 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"event.send","resource":{"subject":"event","tenantId":"ten_other"}}

# A conductor admin collects evidence.
test_147 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.collect","resource":{"subject":"evidence","tenantId":"ten_own"}}
	"evidence-work" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.collect","resource":{"subject":"evidence","tenantId":"ten_own"}}
}

# A conductor admin collects evidence, of another tenant.
test_148 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.collect","resource":{"subject":"evidence","tenantId":"ten_other"}}

# A reader collects evidence.
test_149 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.collect","resource":{"subject":"evidence","tenantId":"ten_own"}}

# A reviewer collects evidence.
test_150 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.collect","resource":{"subject":"evidence","tenantId":"ten_own"}}

# A tenant admin collects evidence.
test_151 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.collect","resource":{"subject":"evidence","tenantId":"ten_own"}}
	"evidence-work" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.collect","resource":{"subject":"evidence","tenantId":"ten_own"}}
}

# An author collects evidence.
test_152 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.collect","resource":{"subject":"evidence","tenantId":"ten_own"}}

# An operator collects evidence.
test_153 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.collect","resource":{"subject":"evidence","tenantId":"ten_own"}}

# A conductor admin exports evidence.
test_154 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.export","resource":{"subject":"evidence","tenantId":"ten_own"}}
	"evidence-work" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.export","resource":{"subject":"evidence","tenantId":"ten_own"}}
}

# A conductor admin sees evidence.
test_155 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.read","resource":{"subject":"evidence","tenantId":"ten_own"}}
	"evidence-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.read","resource":{"subject":"evidence","tenantId":"ten_own"}}
}

# A conductor admin sees evidence, of another tenant.
test_156 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.read","resource":{"subject":"evidence","tenantId":"ten_other"}}

# A reader sees evidence.
test_157 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.read","resource":{"subject":"evidence","tenantId":"ten_own"}}
	"evidence-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.read","resource":{"subject":"evidence","tenantId":"ten_own"}}
}

# A reviewer sees evidence.
test_158 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.read","resource":{"subject":"evidence","tenantId":"ten_own"}}
	"evidence-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.read","resource":{"subject":"evidence","tenantId":"ten_own"}}
}

# A tenant admin sees evidence.
test_159 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.read","resource":{"subject":"evidence","tenantId":"ten_own"}}
	"evidence-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.read","resource":{"subject":"evidence","tenantId":"ten_own"}}
}

# An author sees evidence.
test_160 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.read","resource":{"subject":"evidence","tenantId":"ten_own"}}

# An operator sees evidence.
test_161 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"evidence.read","resource":{"subject":"evidence","tenantId":"ten_own"}}

# A conductor admin assigns a finding.
test_162 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"finding.assign","resource":{"subject":"finding","tenantId":"ten_own"}}
	"evidence-work" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"finding.assign","resource":{"subject":"finding","tenantId":"ten_own"}}
}

# A conductor admin closes a finding.
test_163 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"finding.close","resource":{"subject":"finding","tenantId":"ten_own"}}
	"evidence-work" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"finding.close","resource":{"subject":"finding","tenantId":"ten_own"}}
}

# A conductor admin sees a finding.
test_164 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"finding.read","resource":{"subject":"finding","tenantId":"ten_own"}}
	"evidence-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"finding.read","resource":{"subject":"finding","tenantId":"ten_own"}}
}

# A conductor admin acknowledges an incident.
test_165 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.acknowledge","resource":{"subject":"incident","tenantId":"ten_own"}}
	"incident-work" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.acknowledge","resource":{"subject":"incident","tenantId":"ten_own"}}
}

# A conductor admin acknowledges an incident, of another tenant.
test_166 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.acknowledge","resource":{"subject":"incident","tenantId":"ten_other"}}

# A reader acknowledges an incident.
test_167 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.acknowledge","resource":{"subject":"incident","tenantId":"ten_own"}}

# A reviewer acknowledges an incident.
test_168 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.acknowledge","resource":{"subject":"incident","tenantId":"ten_own"}}

# A tenant admin acknowledges an incident.
test_169 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.acknowledge","resource":{"subject":"incident","tenantId":"ten_own"}}
	"incident-work" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.acknowledge","resource":{"subject":"incident","tenantId":"ten_own"}}
}

# An author acknowledges an incident.
test_170 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.acknowledge","resource":{"subject":"incident","tenantId":"ten_own"}}

# An operator acknowledges an incident.
test_171 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.acknowledge","resource":{"subject":"incident","tenantId":"ten_own"}}
	"incident-work" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.acknowledge","resource":{"subject":"incident","tenantId":"ten_own"}}
}

# A conductor admin declares an incident.
test_172 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.declare","resource":{"subject":"incident","tenantId":"ten_own"}}
	"incident-declare" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.declare","resource":{"subject":"incident","tenantId":"ten_own"}}
}

# A conductor admin declares an incident, of another tenant.
test_173 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.declare","resource":{"subject":"incident","tenantId":"ten_other"}}

# A reader declares an incident.
test_174 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.declare","resource":{"subject":"incident","tenantId":"ten_own"}}

# A reviewer declares an incident.
test_175 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.declare","resource":{"subject":"incident","tenantId":"ten_own"}}
	"incident-declare" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.declare","resource":{"subject":"incident","tenantId":"ten_own"}}
}

# A tenant admin declares an incident.
test_176 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.declare","resource":{"subject":"incident","tenantId":"ten_own"}}
	"incident-declare" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.declare","resource":{"subject":"incident","tenantId":"ten_own"}}
}

# An author declares an incident.
test_177 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.declare","resource":{"subject":"incident","tenantId":"ten_own"}}
	"incident-declare" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.declare","resource":{"subject":"incident","tenantId":"ten_own"}}
}

# An operator declares an incident.
test_178 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.declare","resource":{"subject":"incident","tenantId":"ten_own"}}
	"incident-declare" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.declare","resource":{"subject":"incident","tenantId":"ten_own"}}
}

# A conductor admin sees an incident.
test_179 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.read","resource":{"subject":"incident","tenantId":"ten_own"}}
	"assurance-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.read","resource":{"subject":"incident","tenantId":"ten_own"}}
}

# A conductor admin resolves an incident.
test_180 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.resolve","resource":{"subject":"incident","tenantId":"ten_own"}}
	"incident-work" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"incident.resolve","resource":{"subject":"incident","tenantId":"ten_own"}}
}

# A conductor admin invites a member.
test_181 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"member.invite","resource":{"subject":"member","tenantId":"ten_own"}}
	"tenant-administer" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"member.invite","resource":{"subject":"member","tenantId":"ten_own"}}
}

# A conductor admin sees a member.
test_182 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"member.read","resource":{"subject":"member","tenantId":"ten_own"}}
	"tenant-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"member.read","resource":{"subject":"member","tenantId":"ten_own"}}
}

# A conductor admin removes a member.
test_183 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"member.remove","resource":{"subject":"member","tenantId":"ten_own"}}
	"tenant-administer" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"member.remove","resource":{"subject":"member","tenantId":"ten_own"}}
}

# A conductor admin changes a member.
test_184 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"member.update","resource":{"subject":"member","tenantId":"ten_own"}}
	"tenant-administer" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"member.update","resource":{"subject":"member","tenantId":"ten_own"}}
}

# A conductor admin approves the policy.
test_185 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.approve","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
	"policy-approve" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.approve","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin approves the policy, as a program.
test_186 if not authz.allow with input as {"principal":{"kind":"api_key","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.approve","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}

# A conductor admin approves the policy, of another tenant.
test_187 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.approve","resource":{"subject":"policy","tenantId":"ten_other","requesters":[]}}

# A conductor admin approves the policy, which they asked for themselves.
test_188 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.approve","resource":{"subject":"policy","tenantId":"ten_own","requesters":["usr_who_asks"]}}

# A reader approves the policy.
test_189 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.approve","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}

# A reviewer approves the policy.
test_190 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.approve","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}

# A tenant admin approves the policy.
test_191 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.approve","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
	"policy-approve" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.approve","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
}

# An author approves the policy.
test_192 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.approve","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}

# An operator approves the policy.
test_193 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.approve","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}

# A conductor admin proposes to change the policy.
test_194 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.propose","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
	"policy-propose" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.propose","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin proposes to change the policy, as a program.
test_195 if not authz.allow with input as {"principal":{"kind":"api_key","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.propose","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}

# A conductor admin proposes to change the policy, of another tenant.
test_196 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.propose","resource":{"subject":"policy","tenantId":"ten_other","requesters":[]}}

# A reader proposes to change the policy.
test_197 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.propose","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}

# A reviewer proposes to change the policy.
test_198 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.propose","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}

# A tenant admin proposes to change the policy.
test_199 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.propose","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
	"policy-propose" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.propose","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
}

# An author proposes to change the policy.
test_200 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.propose","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}

# An operator proposes to change the policy.
test_201 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.propose","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}

# A conductor admin sees the policy.
test_202 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.read","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
	"policy-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.read","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin sees the policy, of another tenant.
test_203 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.read","resource":{"subject":"policy","tenantId":"ten_other","requesters":[]}}

# A reader sees the policy.
test_204 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.read","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
	"policy-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.read","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
}

# A reviewer sees the policy.
test_205 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.read","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
	"policy-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.read","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
}

# A tenant admin sees the policy.
test_206 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.read","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
	"policy-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.read","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
}

# An author sees the policy.
test_207 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.read","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
	"policy-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.read","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
}

# An operator sees the policy.
test_208 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.read","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
	"policy-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.read","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin withdraws a change of the policy.
test_209 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.withdraw","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
	"policy-propose" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"policy.withdraw","resource":{"subject":"policy","tenantId":"ten_own","requesters":[]}}
}

# A conductor admin sees prices.
test_210 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"pricing.read","resource":{"subject":"pricing","tenantId":"ten_own"}}
	"pricing" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"pricing.read","resource":{"subject":"pricing","tenantId":"ten_own"}}
}

# A conductor admin sees prices, of another tenant.
test_211 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"pricing.read","resource":{"subject":"pricing","tenantId":"ten_other"}}

# A reader sees prices.
test_212 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"pricing.read","resource":{"subject":"pricing","tenantId":"ten_own"}}

# A reviewer sees prices.
test_213 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"pricing.read","resource":{"subject":"pricing","tenantId":"ten_own"}}

# A tenant admin sees prices.
test_214 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"pricing.read","resource":{"subject":"pricing","tenantId":"ten_own"}}

# An author sees prices.
test_215 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"pricing.read","resource":{"subject":"pricing","tenantId":"ten_own"}}

# An operator sees prices.
test_216 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"pricing.read","resource":{"subject":"pricing","tenantId":"ten_own"}}

# A conductor admin sets prices.
test_217 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"pricing.set","resource":{"subject":"pricing","tenantId":"ten_own"}}
	"pricing" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"pricing.set","resource":{"subject":"pricing","tenantId":"ten_own"}}
}

# A conductor admin sees receipts.
test_218 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"receipt.read","resource":{"subject":"receipt","tenantId":"ten_own"}}
	"tenant-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"receipt.read","resource":{"subject":"receipt","tenantId":"ten_own"}}
}

# A conductor admin assigns a remediation task.
test_219 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"remediation.assign","resource":{"subject":"remediation","tenantId":"ten_own"}}
	"remediation-assign" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"remediation.assign","resource":{"subject":"remediation","tenantId":"ten_own"}}
}

# A conductor admin assigns a remediation task, of another tenant.
test_220 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"remediation.assign","resource":{"subject":"remediation","tenantId":"ten_other"}}

# A reader assigns a remediation task.
test_221 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"remediation.assign","resource":{"subject":"remediation","tenantId":"ten_own"}}

# A reviewer assigns a remediation task.
test_222 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"remediation.assign","resource":{"subject":"remediation","tenantId":"ten_own"}}

# A tenant admin assigns a remediation task.
test_223 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"remediation.assign","resource":{"subject":"remediation","tenantId":"ten_own"}}
	"remediation-assign" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"remediation.assign","resource":{"subject":"remediation","tenantId":"ten_own"}}
}

# An author assigns a remediation task.
test_224 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"remediation.assign","resource":{"subject":"remediation","tenantId":"ten_own"}}

# An operator assigns a remediation task.
test_225 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"remediation.assign","resource":{"subject":"remediation","tenantId":"ten_own"}}

# A conductor admin sees a remediation task.
test_226 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"remediation.read","resource":{"subject":"remediation","tenantId":"ten_own"}}
	"policy-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"remediation.read","resource":{"subject":"remediation","tenantId":"ten_own"}}
}

# A conductor admin cancels a run in dev at high risk.
test_227 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.cancel","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.cancel","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin cancels a run in dev at low risk.
test_228 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.cancel","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.cancel","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin cancels a run in dev at low risk, of another business unit.
test_229 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.cancel","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
	"own-unit" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.cancel","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin cancels a run in dev at medium risk.
test_230 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.cancel","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.cancel","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin cancels a run in staging at low risk.
test_231 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.cancel","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.cancel","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a run in dev at critical risk.
test_232 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a run in dev at high risk.
test_233 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a run in dev at low risk.
test_234 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a run in dev at low risk, of another tenant.
test_235 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin sees a run in dev at medium risk.
test_236 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a run in prod at low risk.
test_237 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a run in staging at low risk.
test_238 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader sees a run in dev at low risk.
test_239 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer sees a run in dev at low risk.
test_240 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A tenant admin sees a run in dev at low risk.
test_241 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author sees a run in dev at low risk.
test_242 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator sees a run in dev at low risk.
test_243 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin starts a run in staging at low risk.
test_244 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reader starts a run in staging at low risk.
test_245 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer starts a run in staging at low risk.
test_246 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin starts a run in staging at low risk.
test_247 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author starts a run in dev at critical risk.
test_248 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author starts a run in dev at high risk.
test_249 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author starts a run in dev at high risk, of another business unit.
test_250 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
	"own-unit" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
}

# An author starts a run in dev at low risk, beyond their clearance.
test_251 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# An author starts a run in dev at low risk, of another business unit, with break-glass open.
test_252 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":true,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":true,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
}

# An author starts a run in dev at low risk, of another tenant.
test_253 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author starts a run in dev at medium risk.
test_254 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author starts a run in dev at medium risk, of another business unit.
test_255 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
	"own-unit" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
}

# An author starts a run in prod at low risk.
test_256 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author starts a run in staging at critical risk.
test_257 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author starts a run in staging at high risk.
test_258 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author starts a run in staging at low risk.
test_259 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author starts a run in staging at low risk, beyond their clearance.
test_260 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# An author starts a run in staging at low risk, of another business unit.
test_261 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
	"own-unit" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
}

# An author starts a run in staging at low risk, of another tenant.
test_262 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_other","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author starts a run in staging at medium risk.
test_263 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator starts a run in dev at critical risk.
test_264 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator starts a run in dev at critical risk, of another business unit.
test_265 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
	"own-unit" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
}

# An operator starts a run in dev at high risk.
test_266 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator starts a run in dev at low risk, of another tenant.
test_267 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator starts a run in dev at medium risk.
test_268 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator starts a run in prod at high risk.
test_269 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator starts a run in prod at low risk.
test_270 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator starts a run in prod at low risk, of another business unit.
test_271 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
	"own-unit" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"another","dataSensitivity":"internal","contributors":[]}}
}

# An operator starts a run in prod at medium risk.
test_272 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator starts a run in staging at critical risk.
test_273 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator starts a run in staging at low risk.
test_274 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin deletes a secret.
test_275 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.delete","resource":{"subject":"secret","tenantId":"ten_own"}}
	"secret-keep" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.delete","resource":{"subject":"secret","tenantId":"ten_own"}}
}

# A conductor admin sees a secret.
test_276 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.read","resource":{"subject":"secret","tenantId":"ten_own"}}
	"secret-list" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.read","resource":{"subject":"secret","tenantId":"ten_own"}}
}

# A conductor admin sees a secret, of another tenant.
test_277 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.read","resource":{"subject":"secret","tenantId":"ten_other"}}

# A reader sees a secret.
test_278 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.read","resource":{"subject":"secret","tenantId":"ten_own"}}

# A reviewer sees a secret.
test_279 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.read","resource":{"subject":"secret","tenantId":"ten_own"}}
	"secret-list" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.read","resource":{"subject":"secret","tenantId":"ten_own"}}
}

# A tenant admin sees a secret.
test_280 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.read","resource":{"subject":"secret","tenantId":"ten_own"}}
	"secret-list" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.read","resource":{"subject":"secret","tenantId":"ten_own"}}
}

# An author sees a secret.
test_281 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.read","resource":{"subject":"secret","tenantId":"ten_own"}}
	"secret-list" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.read","resource":{"subject":"secret","tenantId":"ten_own"}}
}

# An operator sees a secret.
test_282 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.read","resource":{"subject":"secret","tenantId":"ten_own"}}

# A conductor admin sets a secret.
test_283 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.set","resource":{"subject":"secret","tenantId":"ten_own"}}
	"secret-keep" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.set","resource":{"subject":"secret","tenantId":"ten_own"}}
}

# A conductor admin sets a secret, of another tenant.
test_284 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.set","resource":{"subject":"secret","tenantId":"ten_other"}}

# A reader sets a secret.
test_285 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.set","resource":{"subject":"secret","tenantId":"ten_own"}}

# A reviewer sets a secret.
test_286 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.set","resource":{"subject":"secret","tenantId":"ten_own"}}

# A tenant admin sets a secret.
test_287 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.set","resource":{"subject":"secret","tenantId":"ten_own"}}
	"secret-keep" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.set","resource":{"subject":"secret","tenantId":"ten_own"}}
}

# An author sets a secret.
test_288 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.set","resource":{"subject":"secret","tenantId":"ten_own"}}

# An operator sets a secret.
test_289 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.set","resource":{"subject":"secret","tenantId":"ten_own"}}

# A conductor admin changes a secret.
test_290 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.update","resource":{"subject":"secret","tenantId":"ten_own"}}
	"secret-keep" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"secret.update","resource":{"subject":"secret","tenantId":"ten_own"}}
}

# A conductor admin sees an objective.
test_291 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.read","resource":{"subject":"slo","tenantId":"ten_own"}}
	"assurance-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.read","resource":{"subject":"slo","tenantId":"ten_own"}}
}

# A conductor admin sees an objective, of another tenant.
test_292 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.read","resource":{"subject":"slo","tenantId":"ten_other"}}

# A reader sees an objective.
test_293 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.read","resource":{"subject":"slo","tenantId":"ten_own"}}
	"assurance-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.read","resource":{"subject":"slo","tenantId":"ten_own"}}
}

# A reviewer sees an objective.
test_294 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.read","resource":{"subject":"slo","tenantId":"ten_own"}}
	"assurance-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.read","resource":{"subject":"slo","tenantId":"ten_own"}}
}

# A tenant admin sees an objective.
test_295 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.read","resource":{"subject":"slo","tenantId":"ten_own"}}
	"assurance-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.read","resource":{"subject":"slo","tenantId":"ten_own"}}
}

# An author sees an objective.
test_296 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.read","resource":{"subject":"slo","tenantId":"ten_own"}}
	"assurance-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.read","resource":{"subject":"slo","tenantId":"ten_own"}}
}

# An operator sees an objective.
test_297 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.read","resource":{"subject":"slo","tenantId":"ten_own"}}
	"assurance-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.read","resource":{"subject":"slo","tenantId":"ten_own"}}
}

# A conductor admin sets an objective.
test_298 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.set","resource":{"subject":"slo","tenantId":"ten_own"}}
	"slo-set" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.set","resource":{"subject":"slo","tenantId":"ten_own"}}
}

# A conductor admin sets an objective, of another tenant.
test_299 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.set","resource":{"subject":"slo","tenantId":"ten_other"}}

# A reader sets an objective.
test_300 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.set","resource":{"subject":"slo","tenantId":"ten_own"}}

# A reviewer sets an objective.
test_301 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.set","resource":{"subject":"slo","tenantId":"ten_own"}}

# A tenant admin sets an objective.
test_302 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.set","resource":{"subject":"slo","tenantId":"ten_own"}}
	"slo-set" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.set","resource":{"subject":"slo","tenantId":"ten_own"}}
}

# An author sets an objective.
test_303 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.set","resource":{"subject":"slo","tenantId":"ten_own"}}

# An operator sets an objective.
test_304 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"slo.set","resource":{"subject":"slo","tenantId":"ten_own"}}

# A conductor admin kills the tenant.
test_305 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"tenant-kill" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A conductor admin kills the tenant, of another tenant.
test_306 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_other"}}

# A conductor admin kills the tenant, of another tenant, with break-glass open.
test_307 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":true,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_other"}}

# A reader kills the tenant.
test_308 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A reader kills the tenant, with break-glass open.
test_309 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":true,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A reviewer kills the tenant.
test_310 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A reviewer kills the tenant, with break-glass open.
test_311 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":true,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}

# An author kills the tenant.
test_312 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}

# An author kills the tenant, with break-glass open.
test_313 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":true,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A conductor admin lifts the kill of the tenant.
test_314 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.lift","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"hold-lift" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.lift","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A conductor admin lifts the kill of the tenant, of another tenant.
test_315 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.lift","resource":{"subject":"tenant","tenantId":"ten_other"}}

# A reader lifts the kill of the tenant.
test_316 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.lift","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A reviewer lifts the kill of the tenant.
test_317 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.lift","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A tenant admin lifts the kill of the tenant.
test_318 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.lift","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"hold-lift" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.lift","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# An author lifts the kill of the tenant.
test_319 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.lift","resource":{"subject":"tenant","tenantId":"ten_own"}}

# An operator lifts the kill of the tenant.
test_320 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.lift","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A conductor admin pauses the tenant.
test_321 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.pause","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"hold-pause" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.pause","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A conductor admin pauses the tenant, of another tenant.
test_322 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.pause","resource":{"subject":"tenant","tenantId":"ten_other"}}

# A reader pauses the tenant.
test_323 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.pause","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A reviewer pauses the tenant.
test_324 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.pause","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A tenant admin pauses the tenant.
test_325 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.pause","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"hold-pause" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.pause","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# An author pauses the tenant.
test_326 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.pause","resource":{"subject":"tenant","tenantId":"ten_own"}}

# An operator pauses the tenant.
test_327 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.pause","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"hold-pause" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.pause","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A conductor admin sees the tenant.
test_328 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.read","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"tenant-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.read","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A conductor admin sees the tenant, of another tenant.
test_329 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.read","resource":{"subject":"tenant","tenantId":"ten_other"}}

# A reader sees the tenant.
test_330 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.read","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"tenant-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.read","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A reviewer sees the tenant.
test_331 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.read","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"tenant-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.read","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A tenant admin sees the tenant.
test_332 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.read","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"tenant-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.read","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# An author sees the tenant.
test_333 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.read","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"tenant-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.read","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# An operator sees the tenant.
test_334 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.read","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"tenant-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.read","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A conductor admin resumes the tenant.
test_335 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.resume","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"hold-resume" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.resume","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A conductor admin resumes the tenant, of another tenant.
test_336 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.resume","resource":{"subject":"tenant","tenantId":"ten_other"}}

# A reader resumes the tenant.
test_337 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.resume","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A reviewer resumes the tenant.
test_338 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.resume","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A tenant admin resumes the tenant.
test_339 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.resume","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"hold-resume" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.resume","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# An author resumes the tenant.
test_340 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.resume","resource":{"subject":"tenant","tenantId":"ten_own"}}

# An operator resumes the tenant.
test_341 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.resume","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"hold-resume" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.resume","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A conductor admin changes the tenant.
test_342 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.update","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"tenant-administer" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.update","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A conductor admin changes the tenant, of another tenant.
test_343 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.update","resource":{"subject":"tenant","tenantId":"ten_other"}}

# A reader changes the tenant.
test_344 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.update","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A reviewer changes the tenant.
test_345 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.update","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A tenant admin changes the tenant.
test_346 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.update","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"tenant-administer" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.update","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# An author changes the tenant.
test_347 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.update","resource":{"subject":"tenant","tenantId":"ten_own"}}

# An operator changes the tenant.
test_348 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.update","resource":{"subject":"tenant","tenantId":"ten_own"}}

# A conductor admin deletes a trigger in dev at low risk, beyond their clearance.
test_349 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.delete","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
	"trigger-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.delete","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
}

# An author deletes a trigger in dev at low risk.
test_350 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.delete","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.delete","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author deletes a trigger in staging at low risk.
test_351 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.delete","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.delete","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin disables a trigger in dev at critical risk, beyond their clearance.
test_352 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
	"trigger-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
}

# A conductor admin disables a trigger in dev at high risk, beyond their clearance.
test_353 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
	"trigger-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
}

# A conductor admin disables a trigger in dev at low risk, beyond their clearance.
test_354 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
	"trigger-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
}

# A conductor admin disables a trigger in dev at low risk, of another tenant.
test_355 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin disables a trigger in dev at medium risk, beyond their clearance.
test_356 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
	"trigger-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
}

# A conductor admin disables a trigger in prod at low risk, beyond their clearance.
test_357 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
	"trigger-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
}

# A conductor admin disables a trigger in staging at low risk, beyond their clearance.
test_358 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
	"trigger-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
}

# A reader disables a trigger in dev at low risk.
test_359 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer disables a trigger in dev at low risk.
test_360 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin disables a trigger in dev at low risk.
test_361 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author disables a trigger in dev at low risk.
test_362 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author disables a trigger in dev at low risk, beyond their clearance.
test_363 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# An author disables a trigger in staging at low risk.
test_364 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator disables a trigger in dev at low risk, beyond their clearance.
test_365 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
	"trigger-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.disable","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
}

# A conductor admin opens a trigger in dev at critical risk.
test_366 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-expose" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin opens a trigger in dev at high risk.
test_367 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-expose" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin opens a trigger in dev at low risk.
test_368 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-expose" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin opens a trigger in dev at low risk, beyond their clearance.
test_369 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# A conductor admin opens a trigger in dev at low risk, of another tenant.
test_370 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin opens a trigger in dev at medium risk.
test_371 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-expose" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin opens a trigger in prod at low risk.
test_372 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-expose" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin opens a trigger in staging at low risk.
test_373 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-expose" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader opens a trigger in dev at low risk.
test_374 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer opens a trigger in dev at low risk.
test_375 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin opens a trigger in dev at low risk.
test_376 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-expose" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author opens a trigger in dev at low risk.
test_377 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator opens a trigger in dev at low risk.
test_378 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.expose","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin sees a trigger in dev at critical risk.
test_379 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a trigger in dev at high risk.
test_380 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a trigger in dev at low risk.
test_381 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a trigger in dev at low risk, beyond their clearance.
test_382 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# A conductor admin sees a trigger in dev at low risk, of another tenant.
test_383 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin sees a trigger in dev at medium risk.
test_384 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a trigger in prod at low risk.
test_385 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a trigger in staging at low risk.
test_386 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader sees a trigger in dev at low risk.
test_387 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer sees a trigger in dev at low risk.
test_388 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A tenant admin sees a trigger in dev at low risk.
test_389 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author sees a trigger in dev at low risk.
test_390 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator sees a trigger in dev at low risk.
test_391 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.read","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin rotates the secret of a trigger in dev at low risk.
test_392 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.rotate","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-expose" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.rotate","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin schedules a trigger in dev at low risk.
test_393 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin schedules a trigger in staging at low risk.
test_394 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reader schedules a trigger in dev at low risk.
test_395 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reader schedules a trigger in staging at low risk.
test_396 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer schedules a trigger in dev at low risk.
test_397 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer schedules a trigger in staging at low risk.
test_398 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin schedules a trigger in dev at low risk.
test_399 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin schedules a trigger in staging at low risk.
test_400 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author schedules a trigger in dev at critical risk.
test_401 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author schedules a trigger in dev at high risk.
test_402 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author schedules a trigger in dev at low risk.
test_403 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author schedules a trigger in dev at low risk, beyond their clearance.
test_404 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# An author schedules a trigger in dev at low risk, of another tenant.
test_405 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author schedules a trigger in dev at medium risk.
test_406 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author schedules a trigger in prod at low risk.
test_407 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author schedules a trigger in staging at critical risk.
test_408 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author schedules a trigger in staging at high risk.
test_409 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author schedules a trigger in staging at low risk.
test_410 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author schedules a trigger in staging at low risk, beyond their clearance.
test_411 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# An author schedules a trigger in staging at low risk, of another tenant.
test_412 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_other","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author schedules a trigger in staging at medium risk.
test_413 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator schedules a trigger in dev at critical risk.
test_414 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator schedules a trigger in dev at high risk.
test_415 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator schedules a trigger in dev at low risk.
test_416 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator schedules a trigger in dev at low risk, beyond their clearance.
test_417 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# An operator schedules a trigger in dev at low risk, of another tenant.
test_418 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator schedules a trigger in dev at medium risk.
test_419 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator schedules a trigger in prod at low risk.
test_420 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator schedules a trigger in staging at low risk.
test_421 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.schedule","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author subscribes a trigger in dev at low risk.
test_422 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.subscribe","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.subscribe","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author subscribes a trigger in staging at low risk.
test_423 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.subscribe","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.subscribe","resource":{"subject":"trigger","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator subscribes a trigger in dev at low risk.
test_424 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.subscribe","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"trigger-operate" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"trigger.subscribe","resource":{"subject":"trigger","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author writes a workflow in dev at high risk.
test_425 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-author" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author writes a workflow in dev at low risk, beyond their clearance.
test_426 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# An author writes a workflow in dev at low risk, of another tenant.
test_427 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author writes a workflow in dev at medium risk.
test_428 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-author" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author writes a workflow in staging at low risk.
test_429 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-author" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin kills a workflow in dev at critical risk.
test_430 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-kill" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin kills a workflow in dev at high risk.
test_431 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-kill" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin kills a workflow in dev at low risk.
test_432 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-kill" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin kills a workflow in dev at low risk, of another tenant.
test_433 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin kills a workflow in dev at medium risk.
test_434 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-kill" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin kills a workflow in prod at low risk.
test_435 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-kill" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin kills a workflow in staging at low risk.
test_436 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-kill" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader kills a workflow in dev at low risk.
test_437 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer kills a workflow in dev at low risk.
test_438 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin kills a workflow in dev at low risk.
test_439 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-kill" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author kills a workflow in dev at low risk.
test_440 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator kills a workflow in dev at low risk.
test_441 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-kill" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.kill","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin lifts the kill of a workflow in dev at low risk.
test_442 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.lift","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"hold-lift" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.lift","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin lifts the kill of a workflow in dev at low risk, beyond their clearance.
test_443 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.lift","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# A conductor admin pauses a workflow in dev at low risk.
test_444 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.pause","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"hold-pause" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.pause","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer publishes a workflow in dev at critical risk.
test_445 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-review" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer publishes a workflow in prod at high risk.
test_446 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-review" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer publishes a workflow in prod at low risk.
test_447 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-review" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer publishes a workflow in prod at medium risk.
test_448 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-review" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer publishes a workflow in staging at critical risk.
test_449 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-review" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a workflow in dev at critical risk.
test_450 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a workflow in dev at high risk.
test_451 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a workflow in dev at low risk.
test_452 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a workflow in dev at low risk, beyond their clearance.
test_453 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# A conductor admin sees a workflow in dev at low risk, of another tenant.
test_454 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin sees a workflow in dev at medium risk.
test_455 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a workflow in prod at low risk.
test_456 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin sees a workflow in staging at low risk.
test_457 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader sees a workflow in dev at low risk.
test_458 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer sees a workflow in dev at low risk.
test_459 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A tenant admin sees a workflow in dev at low risk.
test_460 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author sees a workflow in dev at low risk.
test_461 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator sees a workflow in dev at low risk.
test_462 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-read" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.read","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin resumes a workflow in dev at low risk.
test_463 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.resume","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"hold-resume" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.resume","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin resumes a workflow in dev at low risk, beyond their clearance.
test_464 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.resume","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# A conductor admin retires a workflow in dev at critical risk.
test_465 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-retire" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin retires a workflow in dev at high risk.
test_466 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-retire" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin retires a workflow in dev at low risk.
test_467 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-retire" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin retires a workflow in dev at low risk, beyond their clearance.
test_468 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# A conductor admin retires a workflow in dev at low risk, of another tenant.
test_469 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin retires a workflow in dev at medium risk.
test_470 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-retire" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin retires a workflow in prod at low risk.
test_471 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-retire" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin retires a workflow in staging at low risk.
test_472 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-retire" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader retires a workflow in dev at low risk.
test_473 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer retires a workflow in dev at low risk.
test_474 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-retire" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A tenant admin retires a workflow in dev at low risk.
test_475 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-retire" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author retires a workflow in dev at low risk.
test_476 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator retires a workflow in dev at low risk.
test_477 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.retire","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer reviews a workflow in dev at critical risk, which they shaped themselves.
test_478 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
	"own-work" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
}

# A reviewer reviews a workflow in dev at high risk.
test_479 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-review" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer reviews a workflow in dev at high risk, which they shaped themselves.
test_480 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
	"own-work" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"high","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
}

# A reviewer reviews a workflow in dev at low risk.
test_481 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-review" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer reviews a workflow in dev at low risk, beyond their clearance.
test_482 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# A reviewer reviews a workflow in dev at low risk, of another tenant.
test_483 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer reviews a workflow in dev at medium risk.
test_484 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-review" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer reviews a workflow in dev at medium risk, which they shaped themselves.
test_485 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
	"own-work" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"medium","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
}

# A reviewer reviews a workflow in prod at low risk, which they shaped themselves.
test_486 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
	"own-work" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
}

# A reviewer reviews a workflow in staging at low risk.
test_487 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-review" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer reviews a workflow in staging at low risk, which they shaped themselves.
test_488 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
	"own-work" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"staging","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
}

# An author submits a workflow in dev at low risk.
test_489 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.submit","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-author" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.submit","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A conductor admin writes a workflow in dev at low risk.
test_490 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin writes a workflow in dev at low risk.
test_491 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author writes a workflow in dev at low risk.
test_492 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-author" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer writes a workflow in dev at low risk.
test_493 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator writes a workflow in dev at low risk.
test_494 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reader writes a workflow in dev at low risk.
test_495 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin writes a workflow in prod at critical risk.
test_496 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin writes a workflow in prod at critical risk.
test_497 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author writes a workflow in prod at critical risk.
test_498 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-author" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer writes a workflow in prod at critical risk.
test_499 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator writes a workflow in prod at critical risk.
test_500 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reader writes a workflow in prod at critical risk.
test_501 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.author","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin publishes a version in dev at low risk.
test_502 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin publishes a version in dev at low risk.
test_503 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author publishes a version in dev at low risk.
test_504 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer publishes a version in dev at low risk.
test_505 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-review" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator publishes a version in dev at low risk.
test_506 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reader publishes a version in dev at low risk.
test_507 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin publishes a version in prod at critical risk.
test_508 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin publishes a version in prod at critical risk.
test_509 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author publishes a version in prod at critical risk.
test_510 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer publishes a version in prod at critical risk.
test_511 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"workflow-review" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator publishes a version in prod at critical risk.
test_512 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reader publishes a version in prod at critical risk.
test_513 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin starts a run in dev at low risk.
test_514 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin starts a run in dev at low risk.
test_515 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author starts a run in dev at low risk.
test_516 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reviewer starts a run in dev at low risk.
test_517 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator starts a run in dev at low risk.
test_518 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader starts a run in dev at low risk.
test_519 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin starts a run in prod at critical risk.
test_520 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin starts a run in prod at critical risk.
test_521 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author starts a run in prod at critical risk.
test_522 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer starts a run in prod at critical risk.
test_523 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator starts a run in prod at critical risk.
test_524 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader starts a run in prod at critical risk.
test_525 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin approves where their role is asked in dev at low risk.
test_526 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
}

# A tenant admin approves where their role is asked in dev at low risk.
test_527 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"tenant_admin","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"tenant_admin","requesters":[],"voters":[]}}
}

# An author approves where their role is asked in dev at low risk.
test_528 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_author","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_author","requesters":[],"voters":[]}}
}

# A reviewer approves where their role is asked in dev at low risk.
test_529 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_reviewer","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_reviewer","requesters":[],"voters":[]}}
}

# An operator approves where their role is asked in dev at low risk.
test_530 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"operator","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"operator","requesters":[],"voters":[]}}
}

# A reader approves where their role is asked in dev at low risk.
test_531 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"read_only","requesters":[],"voters":[]}}

# A conductor admin approves where their role is asked in prod at critical risk.
test_532 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"conductor_admin","requesters":[],"voters":[]}}
}

# A tenant admin approves where their role is asked in prod at critical risk.
test_533 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"tenant_admin","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"tenant_admin","requesters":[],"voters":[]}}
}

# An author approves where their role is asked in prod at critical risk.
test_534 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_author","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_author","requesters":[],"voters":[]}}
}

# A reviewer approves where their role is asked in prod at critical risk.
test_535 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_reviewer","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"workflow_reviewer","requesters":[],"voters":[]}}
}

# An operator approves where their role is asked in prod at critical risk.
test_536 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"operator","requesters":[],"voters":[]}}
	"approval-decide" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"operator","requesters":[],"voters":[]}}
}

# A reader approves where their role is asked in prod at critical risk.
test_537 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[],"role":"read_only","requesters":[],"voters":[]}}

# A conductor admin kills a run in dev at low risk.
test_538 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A tenant admin kills a run in dev at low risk.
test_539 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author kills a run in dev at low risk.
test_540 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer kills a run in dev at low risk.
test_541 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator kills a run in dev at low risk.
test_542 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader kills a run in dev at low risk.
test_543 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin kills a run in prod at critical risk.
test_544 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A tenant admin kills a run in prod at critical risk.
test_545 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An author kills a run in prod at critical risk.
test_546 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer kills a run in prod at critical risk.
test_547 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator kills a run in prod at critical risk.
test_548 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# A reader kills a run in prod at critical risk.
test_549 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"prod","region":"eu","riskProfile":"critical","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A conductor admin kills a run of another tenant.
test_550 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["conductor_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A tenant admin kills a run of another tenant.
test_551 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An author kills a run of another tenant.
test_552 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_author"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer kills a run of another tenant.
test_553 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# An operator kills a run of another tenant.
test_554 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reader kills a run of another tenant.
test_555 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_other","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}

# A reviewer publishes what they shaped.
test_556 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
	"own-work" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.publish","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
}

# A reviewer reviews what they shaped.
test_557 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
	"own-work" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["workflow_reviewer"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"workflow.review","resource":{"subject":"workflow","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"]}}
}

# A tenant admin approves what they shaped.
test_558 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"],"role":"tenant_admin","requesters":[],"voters":[]}}
	"own-work" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"approval.decide","resource":{"subject":"approval","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":["usr_who_asks"],"role":"tenant_admin","requesters":[],"voters":[]}}
}

# An operator starts what is above their clearance.
test_559 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}

# An operator kills what is above their clearance.
test_560 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"restricted","contributors":[]}}
}

# A reader reads what is above their clearance.
test_561 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["read_only"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.read","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"general","dataSensitivity":"confidential","contributors":[]}}

# An operator starts a run of another region.
test_562 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"us","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
	"run-start" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"us","riskProfile":"low","businessUnit":"general","dataSensitivity":"internal","contributors":[]}}
}

# An operator starts a run of another business unit.
test_563 if {
	not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"sales","dataSensitivity":"internal","contributors":[]}}
	"own-unit" in authz.denied with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.start","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"sales","dataSensitivity":"internal","contributors":[]}}
}

# An operator kills a run of another business unit.
test_564 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"sales","dataSensitivity":"internal","contributors":[]}}
	"run-stop" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"run.kill","resource":{"subject":"run","tenantId":"ten_own","environment":"dev","region":"eu","riskProfile":"low","businessUnit":"sales","dataSensitivity":"internal","contributors":[]}}
}

# An operator kills the tenant.
test_565 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"tenant-kill" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["operator"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A tenant admin kills the tenant.
test_566 if {
	authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}
	"tenant-kill" in authz.matched with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"tenant.kill","resource":{"subject":"tenant","tenantId":"ten_own"}}
}

# A tenant admin kills all tenants.
test_567 if not authz.allow with input as {"principal":{"kind":"user","id":"usr_who_asks","tenantId":"ten_own","roles":["tenant_admin"],"breakGlass":false,"region":"eu","businessUnit":"general","clearance":"internal"},"action":"deployment.kill","resource":{"subject":"deployment","tenantId":"ten_own"}}
