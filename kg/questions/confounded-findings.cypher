// title: One change credited to two levers at once: neither sentence nor work tells them apart
// Parameters, columns and order: see confounded-findings.rq
MATCH (s:Assertion)-[x:CONFOUNDED_WITH]->(o:Assertion)
MATCH (c:Strategy|Material {iri: s.cause_concept})
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
MATCH (d:Strategy|Material {iri: o.cause_concept})
WHERE NOT EXISTS { MATCH (c)-[:WITHIN]->(d) } AND NOT EXISTS { MATCH (d)-[:WITHIN]->(c) }
MATCH (t:Strategy|Material|Metric|FailureMode|Condition {iri: s.target_concept})
      -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
MATCH (s)-[:QUOTES]->(q:Evidence {position: 0})
MATCH (o)-[:QUOTES]->(p:Evidence {position: 0})
MATCH (w:Work)-[:STATES]->(s)
RETURN x.level AS level, c.iri AS concept, c.label AS label, d.iri AS other, d.label AS other_label, t.iri AS target,
       t.label AS target_label, s.direction AS direction, s.iri AS assertion, o.iri AS other_assertion, w.iri AS work,
       w.source AS source, q.text AS sentence, p.text AS other_sentence
