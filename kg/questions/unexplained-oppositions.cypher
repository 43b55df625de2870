// title: Opposed findings that no recorded condition explains
// Parameters, columns and order: see unexplained-oppositions.rq
MATCH (x:Contradiction)-[:FIRST]->(f:Effect)-[:CAUSE]->(c:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
MATCH (x)-[:SECOND]->(s:Effect)
WHERE x.status <> 'explained'
RETURN x.iri AS contradiction, x.status AS status, f.cause AS cause, f.cause_label AS label, f.change AS change,
       f.target AS target, f.target_label AS target_label, x.shared AS shared, x.unknown_text AS unknown,
       f.iri AS first, f.direction AS first_direction, f.verdict AS first_verdict, f.regime AS first_regime,
       f.support AS first_works, f.conditions AS first_conditions, f.sentence AS first_sentence,
       f.sentence_source AS first_source, s.iri AS second, s.direction AS second_direction,
       s.verdict AS second_verdict, s.regime AS second_regime, s.support AS second_works,
       s.conditions AS second_conditions, s.sentence AS second_sentence, s.sentence_source AS second_source
