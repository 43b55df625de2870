// title: What helps a metric, or against a failure mode, directly or through a failure mode
// Parameters, columns and order: see strategies-that-help.rq
MATCH (goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
      <-[:WITHIN]-(t:Strategy|Material|Metric|FailureMode|Condition)<-[:TARGET]-(e:Effect)
MATCH (e)-[:CAUSE]->(c:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
WHERE e.verdict = 'beneficial' AND ($regime = '' OR e.regime = $regime)
RETURN c.iri AS concept, e.cause_label AS label, e.cause_kind AS kind, e.change AS change, e.direction AS direction,
       e.verdict AS verdict, t.iri AS target, e.target_label AS target_label, e.regime AS regime,
       e.comparator AS comparator, true AS direct, '' AS via, e.support AS works, e.belief AS belief,
       e.conditions AS conditions, e.iri AS effect, e.iri AS claims
UNION ALL
MATCH (goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
      <-[:WITHIN]-(t:Strategy|Material|Metric|FailureMode|Condition)<-[:TARGET]-(h:IndirectHelp)
MATCH (h)-[:CAUSE]->(c:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
WHERE $regime = '' OR h.regime = $regime
RETURN c.iri AS concept, h.cause_label AS label, c.kind AS kind, 'applied' AS change, '' AS direction,
       'beneficial' AS verdict, t.iri AS target, t.label AS target_label, h.regime AS regime,
       'unspecified' AS comparator, false AS direct, h.via AS via, 0 AS works, h.belief AS belief,
       '' AS conditions, h.iri AS effect, h.iri AS claims
