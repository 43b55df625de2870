// title: Reported for one metric but never for another
// Parameters, columns and order: see known-here-not-there.rq
MATCH (near:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $here})
MATCH (e:Effect)-[r:ABOUT]->(t:Strategy|Material|Metric|FailureMode|Condition)
WHERE r.own AND (EXISTS { MATCH (t)-[:WITHIN]->(near) } OR EXISTS { MATCH (near)-[:WITHIN]->(t) })
MATCH (e)-[:CAUSE]->(c:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
WHERE NOT EXISTS {
  MATCH (c)<-[:CAUSE]-(k:Effect)-[:ABOUT]->(o:Strategy|Material|Metric|FailureMode|Condition)
        -[:WITHIN]->(far:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $there})
} AND NOT EXISTS {
  MATCH (c)<-[:CAUSE]-(k2:Effect)-[:ABOUT]->(o2:Strategy|Material|Metric|FailureMode|Condition)
        <-[:WITHIN]-(far2:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $there})
}
RETURN c.iri AS concept, c.label AS label, c.kind AS kind, e.iri AS effect, t.iri AS target, r.label AS target_label,
       r.direction AS direction, r.verdict AS verdict, e.regime AS regime, e.support AS works, e.belief AS belief,
       e.conditions AS conditions, e.sentence AS sentence, e.sentence_source AS source
