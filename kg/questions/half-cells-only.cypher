// title: Levers whose findings, where they name a cell, name half cells alone
// Parameters, columns and order: see half-cells-only.rq
MATCH (c:Strategy|Material)-[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
MATCH (c)<-[:CAUSE]-(e:Effect)-[:POOLS]->(s:Assertion)<-[:STATES]-(w:Work)
MATCH (s)-[:UNDER]->(v:Value {field: 'cell', text: 'half'})
MATCH (s)-[:QUOTES]->(q:Evidence {position: 0})
WHERE NOT EXISTS {
  MATCH (c)<-[:CAUSE]-(oe:Effect)-[:POOLS]->(os:Assertion)-[:UNDER]->(ov:Value {field: 'cell'}) WHERE ov.text <> 'half'
} AND NOT EXISTS {
  MATCH (c)<-[:MEASURED_ON]-(om:Measurement)-[:UNDER]->(mv:Value {field: 'cell'}) WHERE mv.text <> 'half'
}
RETURN c.iri AS concept, c.label AS label, c.kind AS kind, s.iri AS claim, 'effect' AS what, w.iri AS work,
       w.source AS source, q.text AS sentence
UNION ALL
MATCH (c:Strategy|Material)-[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
MATCH (c)<-[:MEASURED_ON]-(m:Measurement)<-[:REPORTS]-(w:Work)
MATCH (m)-[:UNDER]->(v:Value {field: 'cell', text: 'half'})
MATCH (m)-[:QUOTES]->(q:Evidence {position: 0})
WHERE NOT EXISTS {
  MATCH (c)<-[:CAUSE]-(oe:Effect)-[:POOLS]->(os:Assertion)-[:UNDER]->(ov:Value {field: 'cell'}) WHERE ov.text <> 'half'
} AND NOT EXISTS {
  MATCH (c)<-[:MEASURED_ON]-(om:Measurement)-[:UNDER]->(mv:Value {field: 'cell'}) WHERE mv.text <> 'half'
}
RETURN c.iri AS concept, c.label AS label, c.kind AS kind, m.iri AS claim, 'measurement' AS what, w.iri AS work,
       w.source AS source, q.text AS sentence
