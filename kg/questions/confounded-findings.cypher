// title: One change credited to two levers at once: neither sentence nor work tells them apart
// Parameters, columns and order: see confounded-findings.rq
MATCH (top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})<-[:WITHIN]-(c:Strategy|Material)
      <-[:CAUSE]-(e:Effect)-[:POOLS]->(s:Assertion)<-[:STATES]-(w:Work)
MATCH (w)-[:STATES]->(o:Assertion)<-[:POOLS]-(f:Effect)-[:CAUSE]->(d:Strategy|Material)
WHERE s.target_concept = o.target_concept AND s.direction = o.direction AND c.iri <> d.iri
  AND s.cause_concept = c.iri AND o.cause_concept = d.iri
  AND NOT coalesce(s.negated, false) AND NOT coalesce(o.negated, false)
  AND ((s.target_start = o.target_start AND s.target_end = o.target_end)
       OR (s.source_kind = 'own_result' AND o.source_kind = 'own_result'
           AND coalesce(s.comparator_type, 'untreated') = 'untreated'
           AND coalesce(o.comparator_type, 'untreated') = 'untreated'))
  AND NOT EXISTS { MATCH (c)-[:WITHIN]->(d) } AND NOT EXISTS { MATCH (d)-[:WITHIN]->(c) }
MATCH (t:Strategy|Material|Metric|FailureMode|Condition {iri: s.target_concept})
      -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
MATCH (s)-[:QUOTES]->(q:Evidence {position: 0})
MATCH (o)-[:QUOTES]->(p:Evidence {position: 0})
RETURN CASE WHEN s.target_start = o.target_start AND s.target_end = o.target_end THEN 'sentence' ELSE 'work' END AS level,
       c.iri AS concept, c.label AS label, d.iri AS other, d.label AS other_label, t.iri AS target,
       t.label AS target_label, s.direction AS direction, s.iri AS assertion, o.iri AS other_assertion, w.iri AS work,
       w.source AS source, q.text AS sentence, p.text AS other_sentence
