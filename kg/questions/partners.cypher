// title: Partners whose side effects cancel: one lever's cost is another's gain, with clashes and who tried both
// Parameters, columns and order: see partners.rq
MATCH (some:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})<-[:WITHIN]-(c:Strategy|Material)
      <-[:CAUSE]-(k:Effect)-[:TARGET]->(t:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
WHERE k.verdict = 'detrimental' AND k.change IN ['applied', 'increased', 'level']
MATCH (t)<-[:TARGET]-(g:Effect)-[:CAUSE]->(p:Strategy|Material)
      -[:WITHIN]->(others:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $partner})
WHERE g.verdict = 'beneficial' AND g.change IN ['applied', 'increased', 'level'] AND g.direction IN ['increases', 'decreases']
  AND (k.regime = g.regime OR k.regime = 'unspecified' OR g.regime = 'unspecified')
  AND NOT EXISTS { MATCH (c)-[:WITHIN]->(p) } AND NOT EXISTS { MATCH (p)-[:WITHIN]->(c) }
  AND EXISTS { MATCH (c)<-[:CAUSE]-(v:Effect) WHERE v.verdict = 'beneficial' AND v.change IN ['applied', 'increased', 'level'] }
  AND NOT EXISTS {
    MATCH (p)<-[:CAUSE]-(h:Effect)-[:TARGET]->(t)
    WHERE h.verdict = 'detrimental' AND h.change IN ['applied', 'increased', 'level']
      AND (h.regime = k.regime OR h.regime = 'unspecified' OR k.regime = 'unspecified')
  }
WITH DISTINCT c, k, p, g, EXISTS {
  MATCH (p)<-[:CAUSE]-(tc:Effect)-[:TARGET]->(tt:Strategy|Material|Metric|FailureMode|Condition)
        <-[:TARGET]-(og:Effect)-[:CAUSE]->(c)
  WHERE tc.verdict = 'detrimental' AND og.verdict = 'beneficial' AND tc.change IN ['applied', 'increased', 'level']
    AND og.change IN ['applied', 'increased', 'level']
    AND (tc.regime = og.regime OR tc.regime = 'unspecified' OR og.regime = 'unspecified')
    AND NOT EXISTS { MATCH (c)<-[:CAUSE]-(oh:Effect)-[:TARGET]->(tt) WHERE oh.verdict = 'detrimental' }
} AS mutual
OPTIONAL MATCH (c)<-[:CAUSE]-(a:Effect)-[:TARGET]->(ct:Strategy|Material|Metric|FailureMode|Condition)
               <-[:TARGET]-(b:Effect)-[:CAUSE]->(p)
WHERE a.verdict = 'beneficial' AND b.verdict = 'detrimental' AND a.change IN ['applied', 'increased', 'level']
  AND b.change IN ['applied', 'increased', 'level']
  AND (a.regime = b.regime OR a.regime = 'unspecified' OR b.regime = 'unspecified')
WITH c, k, p, g, mutual, collect(DISTINCT a.target_label) AS clashes
OPTIONAL MATCH (c)<-[:CAUSE]-(x:Effect)-[:POOLS]->(s:Assertion)<-[:STATES]-(w:Work)-[:STATES]->(o:Assertion)
               <-[:POOLS]-(y:Effect)-[:CAUSE]->(p)
WHERE s.source_kind = 'own_result' AND o.source_kind = 'own_result' AND s.cause_concept = c.iri AND o.cause_concept = p.iri
WITH c, k, p, g, mutual, clashes, collect(DISTINCT w.source) AS both
RETURN c.iri AS concept, k.cause_label AS label, k.iri AS cost, k.target AS cost_target, k.target_label AS cost_label,
       k.direction AS cost_direction, k.regime AS cost_regime, k.belief AS cost_belief, k.sentence AS cost_sentence,
       k.sentence_source AS cost_source, p.iri AS partner, g.cause_label AS partner_label, g.iri AS gain,
       g.direction AS gain_direction, g.regime AS gain_regime, g.belief AS gain_belief, g.sentence AS gain_sentence,
       g.sentence_source AS gain_source, mutual, clashes, both AS worked_on_both,
       CASE WHEN k.belief < g.belief THEN k.belief ELSE g.belief END AS belief
