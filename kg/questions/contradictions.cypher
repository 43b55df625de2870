// title: Opposed findings: contradictions, those that a condition explains, and those not comparable
// Parameters, columns and order: see contradictions.rq
MATCH (x:Contradiction)-[:FIRST]->(f:Effect)-[:CAUSE]->(c:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
MATCH (x)-[:SECOND]->(s:Effect)
RETURN x.iri AS contradiction, x.status AS status, f.cause AS cause, f.cause_label AS label, f.change AS change,
       f.target AS target, f.target_label AS target_label, f.comparator AS comparator, f.iri AS first,
       f.direction AS first_direction, f.support AS first_works, f.conditions AS first_conditions, s.iri AS second,
       s.direction AS second_direction, s.support AS second_works, s.conditions AS second_conditions,
       x.differing AS differing, x.shared AS shared
