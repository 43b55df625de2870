// title: What a strategy improves and worsens, with conditions
// Parameters, columns and order: see edges-of-strategy.rq
MATCH (lever:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e:Effect)
MATCH (e)-[r:ABOUT]->(t:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
WHERE ($regime = '' OR e.regime = $regime)
  AND (r.own OR NOT EXISTS { MATCH (e)-[:TARGET]->(own:Strategy|Material|Metric|FailureMode|Condition)-[:WITHIN]->(goal) })
RETURN c.iri AS concept, e.cause_label AS label, e.cause_kind AS kind, e.change AS change, r.direction AS direction,
       r.verdict AS verdict, t.iri AS target, r.label AS target_label, r.kind AS target_kind,
       e.regime AS regime, e.comparator AS comparator, e.support AS works, e.belief AS belief,
       e.conditions AS conditions, e.confounds AS confounds, e.iri AS effect, e.iri AS claims
