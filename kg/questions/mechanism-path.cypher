// title: Mechanism paths from a cause to a target, link by link, the weakest link named
// Parameters, columns and order: see mechanism-path.rq
// The weakest link goes by its number: ladybug 0.22 mixes up text columns that a CASE chooses between.
MATCH (lever:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e1:Effect)
MATCH (e1)-[r1:ABOUT]->(t:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
WHERE e1.change IN ['applied', 'increased', 'level', 'excess']
RETURN 1 AS links, c.iri AS concept, e1.cause_label AS label, e1.change AS change_1, r1.direction AS direction_1,
       e1.iri AS effect_1, e1.sentence AS sentence_1, e1.sentence_source AS source_1, '' AS via_1,
       '' AS via_1_label, '' AS direction_2, '' AS effect_2, '' AS sentence_2,
       '' AS source_2, '' AS via_2, '' AS via_2_label, '' AS direction_3, '' AS effect_3,
       '' AS sentence_3, '' AS source_3, t.iri AS target, t.label AS target_label,
       e1.regime AS regime,
       e1.belief AS belief, 1 AS weakest
UNION ALL
MATCH (lever:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e1:Effect)
MATCH (e1)-[r1:ABOUT]->(v:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e2:Effect)
MATCH (e2)-[r2:ABOUT]->(t:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
WHERE e1.change IN ['applied', 'increased', 'level', 'excess']
  AND e2.change IN ['applied', 'increased', 'level', 'excess']
  AND (e1.regime = e2.regime OR e1.regime = 'unspecified' OR e2.regime = 'unspecified')
RETURN 2 AS links, c.iri AS concept, e1.cause_label AS label, e1.change AS change_1, r1.direction AS direction_1,
       e1.iri AS effect_1, e1.sentence AS sentence_1, e1.sentence_source AS source_1, v.iri AS via_1,
       v.label AS via_1_label, r2.direction AS direction_2, e2.iri AS effect_2, e2.sentence AS sentence_2,
       e2.sentence_source AS source_2, '' AS via_2, '' AS via_2_label, '' AS direction_3, '' AS effect_3,
       '' AS sentence_3, '' AS source_3, t.iri AS target, t.label AS target_label,
       CASE WHEN e1.regime <> 'unspecified' THEN e1.regime ELSE e2.regime END AS regime,
       CASE WHEN e2.belief < e1.belief THEN e2.belief ELSE e1.belief END AS belief, CASE WHEN e2.belief < e1.belief THEN 2 ELSE 1 END AS weakest
UNION ALL
MATCH (lever:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e1:Effect)
MATCH (e1)-[r1:ABOUT]->(v:FailureMode)-[d:DEGRADES]->(t:Metric)
MATCH (t)-[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
WHERE e1.change IN ['applied', 'increased', 'level', 'excess']
  AND (d.regime = 'unspecified' OR d.regime = e1.regime OR (e1.regime = 'unspecified' AND NOT EXISTS {
    MATCH (v)-[o:DEGRADES]->(:Metric) WHERE o.regime <> d.regime AND o.regime <> 'unspecified'
  }))
RETURN 2 AS links, c.iri AS concept, e1.cause_label AS label, e1.change AS change_1, r1.direction AS direction_1,
       e1.iri AS effect_1, e1.sentence AS sentence_1, e1.sentence_source AS source_1, v.iri AS via_1,
       v.label AS via_1_label, 'degrades' AS direction_2, '' AS effect_2, '' AS sentence_2,
       d.source AS source_2, '' AS via_2, '' AS via_2_label, '' AS direction_3, '' AS effect_3,
       '' AS sentence_3, '' AS source_3, t.iri AS target, t.label AS target_label,
       CASE WHEN e1.regime <> 'unspecified' THEN e1.regime ELSE d.regime END AS regime,
       e1.belief AS belief, 1 AS weakest
UNION ALL
MATCH (lever:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e1:Effect)
MATCH (e1)-[r1:ABOUT]->(v:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e2:Effect)
MATCH (e2)-[r2:ABOUT]->(w:FailureMode)-[d:DEGRADES]->(t:Metric)
MATCH (t)-[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
WHERE e1.change IN ['applied', 'increased', 'level', 'excess']
  AND e2.change IN ['applied', 'increased', 'level', 'excess']
  AND v.iri <> w.iri AND (e1.regime = e2.regime OR e1.regime = 'unspecified' OR e2.regime = 'unspecified')
  AND (d.regime = 'unspecified' OR d.regime = e1.regime OR d.regime = e2.regime
       OR (e1.regime = 'unspecified' AND e2.regime = 'unspecified' AND NOT EXISTS {
    MATCH (w)-[o:DEGRADES]->(:Metric) WHERE o.regime <> d.regime AND o.regime <> 'unspecified'
  }))
RETURN 3 AS links, c.iri AS concept, e1.cause_label AS label, e1.change AS change_1, r1.direction AS direction_1,
       e1.iri AS effect_1, e1.sentence AS sentence_1, e1.sentence_source AS source_1, v.iri AS via_1,
       v.label AS via_1_label, r2.direction AS direction_2, e2.iri AS effect_2, e2.sentence AS sentence_2,
       e2.sentence_source AS source_2, w.iri AS via_2, w.label AS via_2_label, 'degrades' AS direction_3, '' AS effect_3,
       '' AS sentence_3, d.source AS source_3, t.iri AS target, t.label AS target_label,
       CASE WHEN e1.regime <> 'unspecified' THEN e1.regime WHEN e2.regime <> 'unspecified' THEN e2.regime ELSE d.regime END AS regime,
       CASE WHEN e2.belief < e1.belief THEN e2.belief ELSE e1.belief END AS belief, CASE WHEN e2.belief < e1.belief THEN 2 ELSE 1 END AS weakest
