// title: Where a lever works best: windows with both flanks, and levers that harm only in excess
// Parameters, columns and order: see optimum-windows.rq
MATCH (top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:LEVER]-(d:DoubleEdge)
MATCH (d)-[:GAIN]->(g:Effect)-[:TARGET]->(t:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
MATCH (d)-[:COST]->(k:Effect)
WHERE d.kind = 'optimum' OR k.change IN ['excess', 'insufficient']
RETURN CASE WHEN d.kind = 'optimum' THEN 'optimum' ELSE 'excess harms' END AS basis, d.iri AS double_edge,
       c.iri AS concept, d.cause_label AS label, t.iri AS target, g.target_label AS target_label,
       d.window_text AS window, d.window_low AS low, d.window_high AS high, coalesce(d.window_unit, '') AS unit,
       d.below AS below, d.above AS above, g.iri AS gain, g.support AS gain_works, g.belief AS gain_belief,
       g.sentence AS gain_sentence, g.sentence_source AS gain_source, k.iri AS cost, k.target AS cost_target,
       k.target_label AS cost_label, k.change AS cost_change, k.sentence AS cost_sentence,
       k.sentence_source AS cost_source
UNION ALL
MATCH (top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)
      <-[:BROADER]-(x:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(k:Effect)
WHERE k.change = 'excess' AND k.verdict = 'detrimental'
MATCH (c)<-[:CAUSE]-(g:Effect)-[:TARGET]->(t:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
WHERE g.verdict = 'beneficial' AND g.change IN ['applied', 'increased', 'level']
RETURN 'excess harms' AS basis, k.iri AS double_edge, c.iri AS concept, g.cause_label AS label, t.iri AS target,
       g.target_label AS target_label, '' AS window, CASE WHEN k.belief > 2.0 THEN k.belief END AS low,
       CASE WHEN k.belief > 2.0 THEN k.belief END AS high, '' AS unit, '' AS below, '' AS above,
       g.iri AS gain, g.support AS gain_works, g.belief AS gain_belief, g.sentence AS gain_sentence,
       g.sentence_source AS gain_source, k.iri AS cost, k.target AS cost_target, k.target_label AS cost_label,
       'excess' AS cost_change, k.sentence AS cost_sentence, k.sentence_source AS cost_source
