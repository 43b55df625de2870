// title: The best values of a metric among comparable ones; what cannot be ranked stands last, with what it lacks
// Parameters, columns and order: see best-comparable.rq
MATCH (goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $metric})
      <-[:WITHIN]-(q:Metric)<-[:MEASURES]-(m:Measurement)<-[:REPORTS]-(w:Work)
MATCH (m)-[:QUOTES]->(words:Evidence {position: 0})
OPTIONAL MATCH (m)-[:UNDER]->(cell:Value {field: 'cell'})
OPTIONAL MATCH (m)-[:UNDER]->(cycles:Value {field: 'cycles'})
OPTIONAL MATCH (m)-[:UNDER]->(charge:Value {field: 'charge_rate'})
OPTIONAL MATCH (m)-[:UNDER]->(discharge:Value {field: 'discharge_rate'})
WITH q, m, w, words, cell, cycles,
     CASE WHEN charge.value > discharge.value THEN charge.value ELSE coalesce(discharge.value, charge.value) END AS rate
WHERE ($cell = '' OR cell.text = $cell)
  AND ($min_rate = 0 OR rate >= $min_rate)
  AND ($min_cycles = 0 OR cycles.value >= $min_cycles)
  AND ($within = 'http://www.w3.org/2004/02/skos/core#Concept' OR EXISTS {
    MATCH (m)-[:MEASURED_ON]->(s:Strategy|Material|Metric|FailureMode|Condition)
          -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
  })
RETURN m.frame AS frame, m.missing AS missing,
       CASE WHEN q.desirability = 'lower_better' THEN -m.canonical_value ELSE m.canonical_value END AS score,
       m.iri AS measurement, q.iri AS metric, q.label AS metric_label, m.subject AS subject,
       m.subject_concept AS subject_concept, m.value AS value, m.low AS low, m.high AS high, m.qualifier AS qualifier,
       m.unit AS unit, m.text AS text, m.canonical_value AS canonical_value, m.canonical_unit AS canonical_unit,
       m.mode AS mode, cell.text AS cell, cycles.value AS cycles, rate AS rate, m.conditions AS conditions,
       w.iri AS work, w.source AS source, words.text AS sentence
