// title: What causes and what suppresses a failure mode
// Parameters, columns and order: see causes-and-suppressors.rq
MATCH (goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
      <-[:WITHIN]-(t:Strategy|Material|Metric|FailureMode|Condition)<-[r:ABOUT]-(e:Effect)
MATCH (e)-[:CAUSE]->(c:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
WHERE ($regime = '' OR e.regime = $regime)
  AND (r.own OR NOT EXISTS { MATCH (e)-[:TARGET]->(own:Strategy|Material|Metric|FailureMode|Condition)-[:WITHIN]->(goal) })
RETURN CASE WHEN r.direction = 'increases' THEN 'causes' WHEN r.direction = 'decreases' THEN 'suppresses'
            WHEN r.direction = 'no_change' THEN 'leaves' ELSE 'changes' END AS role,
       c.iri AS concept, e.cause_label AS label, e.cause_kind AS kind, e.change AS change, r.direction AS direction,
       r.verdict AS verdict, t.iri AS target, r.label AS target_label, e.regime AS regime,
       e.comparator AS comparator, e.support AS works, e.belief AS belief, e.conditions AS conditions, e.confounds AS confounds,
       e.iri AS effect, e.iri AS claims
