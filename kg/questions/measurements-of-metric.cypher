// title: Measurements of a metric under given conditions
// Parameters, columns and order: see measurements-of-metric.rq
MATCH (goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $metric})
      <-[:WITHIN]-(q:Metric)<-[:MEASURES]-(m:Measurement)<-[:REPORTS]-(w:Work)
OPTIONAL MATCH (m)-[:UNDER]->(cell:Value {field: 'cell'})
OPTIONAL MATCH (m)-[:UNDER]->(regime:Value {field: 'regime'})
OPTIONAL MATCH (m)-[:UNDER]->(cycles:Value {field: 'cycles'})
OPTIONAL MATCH (m)-[:UNDER]->(temperature:Value {field: 'temperature'})
OPTIONAL MATCH (m)-[:UNDER]->(rate:Value {field: 'discharge_rate'})
WITH q, m, w, cell, regime, cycles, temperature, rate
WHERE ($subject_name = '' OR toLower(m.subject) CONTAINS toLower($subject_name))
  AND ($cell = '' OR cell.text = $cell)
  AND ($regime = '' OR regime.text = $regime)
  AND ($min_cycles = 0 OR cycles.value >= $min_cycles)
  AND ($subject = 'http://www.w3.org/2004/02/skos/core#Concept' OR EXISTS {
    MATCH (m)-[:MEASURED_ON]->(s:Strategy|Material|Metric|FailureMode|Condition)
          -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $subject})
  })
RETURN m.iri AS measurement, q.iri AS metric, q.label AS metric_label, m.subject AS subject,
       m.subject_concept AS subject_concept, m.value AS value, m.low AS low, m.high AS high, m.qualifier AS qualifier,
       m.unit AS unit, m.text AS text, m.canonical_value AS canonical_value, m.canonical_unit AS canonical_unit,
       m.basis AS basis, m.statistic AS statistic, m.mode AS mode, cell.text AS cell, cycles.value AS cycles,
       temperature.value AS temperature, rate.value AS rate, regime.text AS regime, m.conditions AS conditions,
       m.source_kind AS source_kind, m.hedged AS hedged, w.iri AS work, w.title AS title, w.doi AS doi
