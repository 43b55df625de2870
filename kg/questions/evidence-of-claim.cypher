// title: The evidence of claims: which works say so, where, and in which words
// Parameters, columns and order: see evidence-of-claim.rq
MATCH (x:Effect)-[:POOLS]->(s:Assertion)
WHERE x.iri IN $claims
MATCH (w:Work)-[:STATES|REPORTS]->(s)-[:QUOTES]->(q:Evidence {position: 0})
RETURN x.iri AS claim, s.iri AS assertion, w.iri AS work, w.document AS document, w.title AS title,
       w.doi AS doi, w.summary_of AS summary_of, q.text AS quote, q.start_char AS start, q.end_char AS `end`,
       w.text_sha256 AS text_sha256, s.hedged AS hedged, coalesce(s.negated, false) AS negated,
       s.source_kind AS source_kind, s.citation_text AS citations, s.section AS section, s.confidence AS confidence,
       s.conditions AS conditions, s.confounds AS confounds, s.cause_start AS cause_start, s.cause_end AS cause_end,
       s.target_start AS target_start, s.target_end AS target_end, s.value_start AS value_start,
       s.value_end AS value_end
UNION ALL
MATCH (x:DoubleEdge)-[:GAIN|COST|BELOW|ABOVE]->(e:Effect)-[:POOLS]->(s:Assertion)
WHERE x.iri IN $claims
MATCH (w:Work)-[:STATES|REPORTS]->(s)-[:QUOTES]->(q:Evidence {position: 0})
RETURN x.iri AS claim, s.iri AS assertion, w.iri AS work, w.document AS document, w.title AS title,
       w.doi AS doi, w.summary_of AS summary_of, q.text AS quote, q.start_char AS start, q.end_char AS `end`,
       w.text_sha256 AS text_sha256, s.hedged AS hedged, coalesce(s.negated, false) AS negated,
       s.source_kind AS source_kind, s.citation_text AS citations, s.section AS section, s.confidence AS confidence,
       s.conditions AS conditions, s.confounds AS confounds, s.cause_start AS cause_start, s.cause_end AS cause_end,
       s.target_start AS target_start, s.target_end AS target_end, s.value_start AS value_start,
       s.value_end AS value_end
UNION ALL
MATCH (x:Contradiction)-[:FIRST|SECOND]->(e:Effect)-[:POOLS]->(s:Assertion)
WHERE x.iri IN $claims
MATCH (w:Work)-[:STATES|REPORTS]->(s)-[:QUOTES]->(q:Evidence {position: 0})
RETURN x.iri AS claim, s.iri AS assertion, w.iri AS work, w.document AS document, w.title AS title,
       w.doi AS doi, w.summary_of AS summary_of, q.text AS quote, q.start_char AS start, q.end_char AS `end`,
       w.text_sha256 AS text_sha256, s.hedged AS hedged, coalesce(s.negated, false) AS negated,
       s.source_kind AS source_kind, s.citation_text AS citations, s.section AS section, s.confidence AS confidence,
       s.conditions AS conditions, s.confounds AS confounds, s.cause_start AS cause_start, s.cause_end AS cause_end,
       s.target_start AS target_start, s.target_end AS target_end, s.value_start AS value_start,
       s.value_end AS value_end
UNION ALL
MATCH (x:IndirectHelp)-[:RESTS_ON]->(e:Effect)-[:POOLS]->(s:Assertion)
WHERE x.iri IN $claims
MATCH (w:Work)-[:STATES|REPORTS]->(s)-[:QUOTES]->(q:Evidence {position: 0})
RETURN x.iri AS claim, s.iri AS assertion, w.iri AS work, w.document AS document, w.title AS title,
       w.doi AS doi, w.summary_of AS summary_of, q.text AS quote, q.start_char AS start, q.end_char AS `end`,
       w.text_sha256 AS text_sha256, s.hedged AS hedged, coalesce(s.negated, false) AS negated,
       s.source_kind AS source_kind, s.citation_text AS citations, s.section AS section, s.confidence AS confidence,
       s.conditions AS conditions, s.confounds AS confounds, s.cause_start AS cause_start, s.cause_end AS cause_end,
       s.target_start AS target_start, s.target_end AS target_end, s.value_start AS value_start,
       s.value_end AS value_end
UNION ALL
MATCH (s:Assertion)
WHERE s.iri IN $claims
MATCH (w:Work)-[:STATES|REPORTS]->(s)-[:QUOTES]->(q:Evidence {position: 0})
RETURN s.iri AS claim, s.iri AS assertion, w.iri AS work, w.document AS document, w.title AS title,
       w.doi AS doi, w.summary_of AS summary_of, q.text AS quote, q.start_char AS start, q.end_char AS `end`,
       w.text_sha256 AS text_sha256, s.hedged AS hedged, coalesce(s.negated, false) AS negated,
       s.source_kind AS source_kind, s.citation_text AS citations, s.section AS section, s.confidence AS confidence,
       s.conditions AS conditions, s.confounds AS confounds, s.cause_start AS cause_start, s.cause_end AS cause_end,
       s.target_start AS target_start, s.target_end AS target_end, s.value_start AS value_start,
       s.value_end AS value_end
UNION ALL
MATCH (s:Measurement)
WHERE s.iri IN $claims
MATCH (w:Work)-[:STATES|REPORTS]->(s)-[:QUOTES]->(q:Evidence {position: 0})
RETURN s.iri AS claim, s.iri AS assertion, w.iri AS work, w.document AS document, w.title AS title,
       w.doi AS doi, w.summary_of AS summary_of, q.text AS quote, q.start_char AS start, q.end_char AS `end`,
       w.text_sha256 AS text_sha256, s.hedged AS hedged, coalesce(s.negated, false) AS negated,
       s.source_kind AS source_kind, s.citation_text AS citations, s.section AS section, s.confidence AS confidence,
       s.conditions AS conditions, '' AS confounds, s.cause_start AS cause_start, s.cause_end AS cause_end,
       s.target_start AS target_start, s.target_end AS target_end, s.value_start AS value_start,
       s.value_end AS value_end
