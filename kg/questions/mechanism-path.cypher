// title: Mechanism paths from a cause to a target, link by link
// Parameters, columns and order: see mechanism-path.rq
MATCH (lever:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e1:Effect)
MATCH (e1)-[r1:ABOUT]->(t:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
RETURN 1 AS links, c.iri AS concept, e1.cause_label AS label, r1.direction AS direction_1, e1.iri AS effect_1,
       '' AS via_1, '' AS via_1_label, '' AS direction_2, '' AS effect_2, '' AS via_2, '' AS via_2_label,
       '' AS direction_3, '' AS effect_3, t.iri AS target, t.label AS target_label, e1.belief AS belief
UNION ALL
MATCH (lever:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e1:Effect)
MATCH (e1)-[r1:ABOUT]->(v:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e2:Effect)
MATCH (e2)-[r2:ABOUT]->(t:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
RETURN 2 AS links, c.iri AS concept, e1.cause_label AS label, r1.direction AS direction_1, e1.iri AS effect_1,
       v.iri AS via_1, v.label AS via_1_label, r2.direction AS direction_2, e2.iri AS effect_2, '' AS via_2,
       '' AS via_2_label, '' AS direction_3, '' AS effect_3, t.iri AS target, t.label AS target_label,
       CASE WHEN e1.belief < e2.belief THEN e1.belief ELSE e2.belief END AS belief
UNION ALL
MATCH (lever:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e1:Effect)
MATCH (e1)-[r1:ABOUT]->(v:FailureMode)-[:DEGRADES]->(t:Metric)
MATCH (t)-[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
RETURN 2 AS links, c.iri AS concept, e1.cause_label AS label, r1.direction AS direction_1, e1.iri AS effect_1,
       v.iri AS via_1, v.label AS via_1_label, 'degrades' AS direction_2, '' AS effect_2, '' AS via_2,
       '' AS via_2_label, '' AS direction_3, '' AS effect_3, t.iri AS target, t.label AS target_label,
       e1.belief AS belief
UNION ALL
MATCH (lever:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e1:Effect)
MATCH (e1)-[r1:ABOUT]->(v:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e2:Effect)
MATCH (e2)-[r2:ABOUT]->(w:FailureMode)-[:DEGRADES]->(t:Metric)
MATCH (t)-[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
WHERE v.iri <> w.iri
RETURN 3 AS links, c.iri AS concept, e1.cause_label AS label, r1.direction AS direction_1, e1.iri AS effect_1,
       v.iri AS via_1, v.label AS via_1_label, r2.direction AS direction_2, e2.iri AS effect_2, w.iri AS via_2,
       w.label AS via_2_label, 'degrades' AS direction_3, '' AS effect_3, t.iri AS target, t.label AS target_label,
       CASE WHEN e1.belief < e2.belief THEN e1.belief ELSE e2.belief END AS belief
