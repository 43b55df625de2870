// title: Strategies without any evidence for a metric
// Parameters, columns and order: see no-evidence.rq
MATCH (c:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
WHERE NOT EXISTS {
  MATCH (c)<-[:WITHIN]-(d:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(k:Effect)
        -[:ABOUT]->(t:Strategy|Material|Metric|FailureMode|Condition)
        -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
}
OPTIONAL MATCH (c)<-[:WITHIN]-(b:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e:Effect)
RETURN c.iri AS concept, c.label AS label, c.kind AS kind, count(DISTINCT e.iri) AS effects
