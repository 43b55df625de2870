// title: What helps a metric, or against a failure mode, directly or through a failure mode
// Parameters, columns and order: see strategies-that-help.rq
MATCH (goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
      <-[:WITHIN]-(t:Strategy|Material|Metric|FailureMode|Condition)<-[r:ABOUT]-(e:Effect)
// Filtered before the next MATCH: in one, ladybug 0.22 may let rows of another verdict through.
WHERE r.verdict = 'beneficial' AND (r.own OR NOT EXISTS { MATCH (e)-[:TARGET]->(own:Strategy|Material|Metric|FailureMode|Condition)-[:WITHIN]->(goal) })
  AND ($regime = '' OR e.regime = $regime)
WITH t, r, e
MATCH (e)-[:CAUSE]->(c:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
RETURN c.iri AS concept, e.cause_label AS label, e.cause_kind AS kind, e.change AS change, r.direction AS direction,
       r.verdict AS verdict, t.iri AS target, r.label AS target_label, e.regime AS regime,
       e.comparator AS comparator, true AS direct, '' AS via, e.support AS works, e.belief AS belief,
       e.conditions AS conditions, e.confounds AS confounds, e.iri AS effect, e.iri AS claims
UNION ALL
MATCH (goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
      <-[:WITHIN]-(t:Strategy|Material|Metric|FailureMode|Condition)<-[:TARGET]-(h:IndirectHelp)
MATCH (h)-[:CAUSE]->(c:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
WHERE $regime = '' OR h.regime = $regime
RETURN c.iri AS concept, h.cause_label AS label, c.kind AS kind, 'applied' AS change, '' AS direction,
       'beneficial' AS verdict, t.iri AS target, t.label AS target_label, h.regime AS regime,
       'unspecified' AS comparator, false AS direct, h.via AS via, 0 AS works, h.belief AS belief,
       '' AS conditions, '' AS confounds, h.iri AS effect, h.iri AS claims
UNION ALL
MATCH (goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
      <-[:WITHIN]-(asked:Strategy|Material|Metric|FailureMode|Condition)
      -[:MEASURED_BY]->(t:Strategy|Material|Metric|FailureMode|Condition)<-[:TARGET]-(h:IndirectHelp)
MATCH (h)-[:CAUSE]->(c:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
WHERE $regime = '' OR h.regime = $regime
RETURN c.iri AS concept, h.cause_label AS label, c.kind AS kind, 'applied' AS change, '' AS direction,
       'beneficial' AS verdict, t.iri AS target, t.label AS target_label, h.regime AS regime,
       'unspecified' AS comparator, false AS direct, h.via AS via, 0 AS works, h.belief AS belief,
       '' AS conditions, '' AS confounds, h.iri AS effect, h.iri AS claims
