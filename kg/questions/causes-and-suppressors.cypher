// title: What causes and what suppresses a failure mode
// Parameters, columns and order: see causes-and-suppressors.rq
MATCH (goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
      <-[:WITHIN]-(t:Strategy|Material|Metric|FailureMode|Condition)<-[:TARGET]-(e:Effect)
MATCH (e)-[:CAUSE]->(c:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
WHERE $regime = '' OR e.regime = $regime
RETURN CASE WHEN e.direction = 'increases' THEN 'causes' WHEN e.direction = 'decreases' THEN 'suppresses'
            WHEN e.direction = 'no_change' THEN 'leaves' ELSE 'changes' END AS role,
       c.iri AS concept, e.cause_label AS label, e.cause_kind AS kind, e.change AS change, e.direction AS direction,
       e.verdict AS verdict, t.iri AS target, e.target_label AS target_label, e.regime AS regime,
       e.comparator AS comparator, e.support AS works, e.belief AS belief, e.conditions AS conditions,
       e.iri AS effect, e.iri AS claims
