// title: Partners whose side effects cancel: one lever's cost is another's gain, with clashes and who tried both
// Parameters, columns and order: see partners.rq
// Pairs of levers first, and what is gathered on a pair; then the rows: the other way round every row would carry it all.
// Each step names the cause again, or ladybug would gather for every lever there is.
MATCH (some:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})<-[:WITHIN]-(c:Strategy|Material)
      <-[:CAUSE]-(k:Effect {to_offset: true})-[:TARGET]->(t:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
MATCH (t)<-[:TARGET]-(g:Effect {side: 'gain'})-[:CAUSE]->(p:Strategy|Material)
      -[:WITHIN]->(others:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $partner})
WHERE k.regime IN g.offsets
WITH DISTINCT c, p
WHERE NOT EXISTS { MATCH (c)-[:WITHIN]->(p) } AND NOT EXISTS { MATCH (p)-[:WITHIN]->(c) }
OPTIONAL MATCH (:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})<-[:WITHIN]-(c)
               <-[:CAUSE]-(og:Effect {side: 'gain'})-[:TARGET]->(:Strategy|Material|Metric|FailureMode|Condition)
               <-[:TARGET]-(tc:Effect {to_offset: true})-[:CAUSE]->(p)
WHERE tc.regime IN og.offsets
WITH c, p, count(tc.iri) > 0 AS mutual
OPTIONAL MATCH (:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})<-[:WITHIN]-(c)
               <-[:CAUSE]-(a:Effect {side: 'gain'})-[:TARGET]->(:Strategy|Material|Metric|FailureMode|Condition)
               <-[:TARGET]-(b:Effect {side: 'cost'})-[:CAUSE]->(p)
WHERE a.regime = b.regime OR a.regime = 'unspecified' OR b.regime = 'unspecified'
WITH c, p, mutual, collect(DISTINCT a.target_label) AS clashes
OPTIONAL MATCH (:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})<-[:WITHIN]-(c)
               <-[:CAUSE]-(:Effect)-[:POOLS]->(s:Assertion {source_kind: 'own_result'})<-[:STATES]-(w:Work)
               -[:STATES]->(o:Assertion {source_kind: 'own_result'})<-[:POOLS]-(:Effect)-[:CAUSE]->(p)
WHERE s.cause_concept = c.iri AND o.cause_concept = p.iri
WITH c, p, mutual, clashes, collect(DISTINCT w.source) AS both
MATCH (:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})<-[:WITHIN]-(c)
      <-[:CAUSE]-(k:Effect {to_offset: true})-[:TARGET]->(t:Strategy|Material|Metric|FailureMode|Condition)
      <-[:TARGET]-(g:Effect {side: 'gain'})-[:CAUSE]->(p)
MATCH (t)-[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
WHERE k.regime IN g.offsets
RETURN c.iri AS concept, k.cause_label AS label, k.iri AS cost, k.target AS cost_target, k.target_label AS cost_label,
       k.direction AS cost_direction, k.regime AS cost_regime, k.belief AS cost_belief, k.sentence AS cost_sentence,
       k.sentence_source AS cost_source, p.iri AS partner, g.cause_label AS partner_label, g.iri AS gain,
       g.direction AS gain_direction, g.regime AS gain_regime, g.belief AS gain_belief, g.sentence AS gain_sentence,
       g.sentence_source AS gain_source, mutual, clashes, both AS worked_on_both,
       NOT coalesce(c.local, false) AND NOT coalesce(p.local, false) AS known,
       CASE WHEN k.belief < g.belief THEN k.belief ELSE g.belief END AS belief
