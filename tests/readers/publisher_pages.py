"""Small pages with our own words in the structure publishers give theirs."""

from __future__ import annotations

_META = """<meta name="citation_title" content="Coated silicon in pouch cells"><meta name="citation_doi" content="10.5555/page.1">
<meta name="citation_author" content="Ada Author"><meta name="citation_author" content="Ben Other">
<meta name="citation_journal_title" content="Journal of Tests"><meta name="citation_publication_date" content="2024/05/01">
<meta name="citation_volume" content="12"><meta name="citation_firstpage" content="345">"""
_LONG = "The alumina coating keeps the particles together during the first hundred cycles of the pouch cells. " * 2


def _page(body: str, *, kind: str = "Article") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>Coated silicon</title>{_META}'
        f'<meta name="dc.type" content="{kind}"></head><body>{body}</body></html>'
    )


RSC = _page(
    f"""<div id="wrapper"><div class="left_head"><a class="simple" href="/">Journals</a></div>
<div class="article_info">DOI: <a href="https://doi.org/10.5555/page.1">10.5555/page.1</a> (Paper) <i>J. Tests</i>, 2024, <b>12</b>, 345</div>
<h1 id="sect55"><span class="title_heading">Coated silicon in pouch cells</span><a href="#fn1"><sup>†</sup></a></h1>
<p class="header_text"><span class="bold"><a href="/a">Ada Author</a></span><a href="#affit1"><sup><i>a</i></sup></a> and <a href="/b">Ben Other</a></p>
<p>Received 1st March 2024, Accepted 2nd April 2024</p>
<div class="abstract"><h2>Abstract</h2><p>{_LONG}</p></div><hr/>
<h2 id="sect252"><span class="a_heading">1. Introduction</span></h2>
<p class="otherpara">{_LONG}It gives 1200 mA h g<small><sup>−1</sup></small> at 25 °C.<a title="A" href="#cit1"><sup><span class="sup_ref">1</span></sup></a><sup>,</sup><a
href="#cit2"><sup><span class="sup_ref">2</span></sup></a> LiPF<small><sub>6</sub></small> decomposes (<a href="#imgfig1">Fig. 1</a>).</p>
<div class="image_table"><table><tr><td class="imgHolder" id="imgfig1" colspan="3"><a href="f.gif"><img src="f.gif"/></a></td></tr>
<tr><td class="pushTitleLeft">&nbsp;</td><td class="image_title"><b>Fig. 1 </b><span class="graphic_title">The coated anode.</span></td>
<td class="pushTitleRight">&nbsp;</td></tr></table></div>
<h2><span class="a_heading">2. Results</span></h2><span>{_LONG}</span>
<div class="table_caption" id="tab1"><b>Table 1</b> <span>Capacities.</span></div>
<div class="rtable__wrapper"><table class="tgroup rtable"><thead><tr><th rowspan="2">Anode</th><th colspan="2">Capacity (mA h g<small><sup>−1</sup></small>)</th></tr>
<tr><th>First</th><th>Last</th></tr></thead><tbody><tr><td>Si@Al<small><sub>2</sub></small>O<small><sub>3</sub></small></td><td>1200</td><td>900</td></tr></tbody></table></div>
<h2>Conflicts of interest</h2><p>There are no conflicts to declare.</p>
<h2>References</h2><ol><li><span id="cit1">A. Author and B. Other, <i>J. Tests</i>, 2020, <b>1</b>, 1–9
<a href="https://doi.org/10.5555/ref.1">CrossRef</a> <a href="#">CAS</a>.</span></li><li><span id="cit2">C. Third, <i>J. Tests</i>, 2021, <b>2</b>, 3–8
<a href="#">CrossRef</a>.</span></li><li><span id="cit3">D. Fourth, <i>J. Tests</i>, 2022, <b>3</b>, 5–6.</span></li></ol>
<hr/><div id="crmain">This journal is © The Society of Tests 2024</div></div>""",
    kind="Paper",
)

NATURE = _page(
    f"""<header class="c-header"><nav class="c-header__nav">Explore content</nav></header>
<main class="c-article-main-column"><article><div class="c-article-header"><ul class="c-article-identifiers"><li>Article</li>
<li><a href="#">Open access</a></li><li>Published: <time>01 May 2024</time></li></ul><h1 class="c-article-title">Coated silicon in pouch cells</h1>
<ul class="c-article-author-list"><li><a>Ada Author</a><sup><a href="#Aff1">1</a></sup></li></ul></div>
<section data-title="Abstract"><div class="c-article-section"><h2 class="c-article-section__title" id="Abs1">Abstract</h2>
<div class="c-article-section__content"><p>{_LONG}</p></div></div></section>
<section><div class="c-article-recommendations"><h3>Similar content being viewed by others</h3><p>Another paper that a reader may like to see, at some length.</p></div></section>
<section data-title="Introduction"><div class="c-article-section"><h2 class="c-article-section__title">Introduction</h2><div class="c-article-section__content">
<p>{_LONG}It gives 1200 mA h g<sup>−1</sup> at 25 °C<sup><a href="/articles/x#ref-CR1" aria-label="Reference 1">1</a>,<a href="/articles/x#ref-CR2">2</a></sup>.
LiPF<sub>6</sub> decomposes (Fig. <a href="/articles/x#Fig1">1a</a>).</p>
<div class="c-article-section__figure" id="figure-1"><figure><figcaption><b class="c-article-section__figure-caption" id="Fig1">Fig. 1: The coated anode.</b></figcaption>
<div class="c-article-section__figure-content"><div class="c-article-section__figure-description"><p>A scheme of it.</p></div><a href="#">Full size image</a></div></figure></div>
</div></div></section>
<section data-title="Results"><div class="c-article-section"><h2>Results</h2><p>{_LONG}</p>
<div class="c-article-table"><figure><figcaption class="c-article-table__figcaption"><b id="Tab1">Table 1 Capacities.</b></figcaption>
<table class="data last-table"><thead><tr><th rowspan="2">Anode</th><th colspan="2">Capacity (mA h g<sup>−1</sup>)</th></tr><tr><th>First</th><th>Last</th></tr></thead>
<tbody><tr><td>Si@Al<sub>2</sub>O<sub>3</sub></td><td>1200</td><td>900</td></tr></tbody></table></figure></div></div></section>
<section data-title="References"><div class="c-article-section"><h2 id="Bib1">References</h2><ol class="c-article-references">
<li class="c-article-references__item" data-counter="1."><p class="c-article-references__text" id="ref-CR1">Author, A. &amp; Other, B. On coats. <i>J. Tests</i> <b>1</b>, 1–9 (2020).</p>
<p class="c-article-references__links"><a href="https://doi.org/10.5555/ref.1">Article</a> <a href="#">Google Scholar</a></p></li>
<li class="c-article-references__item" data-counter="2."><p class="c-article-references__text" id="ref-CR2">Third, C. More on coats. <i>J. Tests</i> <b>2</b>, 3–8 (2021).</p></li>
<li class="c-article-references__item" data-counter="3."><p class="c-article-references__text" id="ref-CR3">Fourth, D. Still more. <i>J. Tests</i> <b>3</b>, 5–6 (2022).</p></li></ol></div></section>
</article></main><aside>Download PDF</aside><footer>Privacy</footer>"""
)

MDPI = _page(
    f"""<div class="html-article-content"><div class="bib-identity">Journal of Tests 2024, 12, 345</div>
<h1 class="title hypothesis_container">Coated silicon in pouch cells</h1><div class="art-authors">by <a>Ada Author</a> <sup>1</sup></div>
<section class="html-abstract"><h2 id="html-abstract-title">Abstract</h2><div class="html-p">{_LONG}</div></section>
<div class="html-body"><section id="sec1" type="intro"><h2 data-nested="1">1. Introduction</h2>
<div class="html-p">{_LONG}It gives 1200 mA h g<sup>−1</sup> at 25 °C [<a href="#B1-t" class="html-bibr">1</a>,<a href="#B2-t" class="html-bibr">2</a>].
LiPF<sub>6</sub> decomposes (<a href="#fig_body_f1" class="html-fig">Figure 1</a>).<div class="html-fig-wrap" id="f1"><div class="html-fig_img"></div>
<div class="html-fig_description"><b>Figure 1.</b> The coated anode.</div></div></div></section>
<section id="sec2"><h2 data-nested="1">2. Results</h2><div class="html-p">{_LONG}</div>
<div class="html-table-wrap" id="t1"><div class="html-table_wrap_discription"><b>Table 1.</b> Capacities.</div></div>
<div class="html-table_show mfp-hide" id="table_body_display_t1"><div class="html-caption"><b>Table 1.</b> Capacities.</div>
<table><thead><tr><th rowspan="2">Anode</th><th colspan="2">Capacity (mA h g<sup>−1</sup>)</th></tr><tr><th>First</th><th>Last</th></tr></thead>
<tbody><tr><td>Si@Al<sub>2</sub>O<sub>3</sub></td><td>1200</td><td>900</td></tr></tbody></table></div></section></div>
<div class="html-back"><section class="html-notes"><h2>Author Contributions</h2><div class="html-p">Everything by all authors.</div></section>
<section id="html-references_list"><h2>References</h2><ol class="html-xx">
<li id="B1-t" data-content="1."> Author, A.; Other, B. On coats. <i>J. Tests</i> <b>2020</b>, <i>1</i>, 1–9. [<a class="google-scholar" href="#">Google Scholar</a>]
[<a class="cross-ref" href="https://doi.org/10.5555/ref.1">CrossRef</a>]</li>
<li id="B2-t" data-content="2."> Third, C. More on coats. <i>J. Tests</i> <b>2021</b>, <i>2</i>, 3–8. [<a href="#">Google Scholar</a>]</li>
<li id="B3-t" data-content="3."> Fourth, D. Still more. <i>J. Tests</i> <b>2022</b>, <i>3</i>, 5–6.</li></ol></section></div></div>"""
)

FRONTIERS = _page(
    f"""<div class="article-section"><div class="JournalAbstract"><a id="h1"></a><div class="authors">Ada Author<sup>1</sup></div>
<h1>Coated silicon in pouch cells</h1><h2>Abstract</h2><p>{_LONG}</p></div>
<div class="JournalFullText"><a id="h2"></a><h2>Introduction</h2>
<p class="mb15">{_LONG}It gives 1200 mA h g<sup>−1</sup> at 25 °C (<a href="#B1">Author and Other, 2020</a>; <a href="#B2">Third, 2021</a>).
LiPF<sub>6</sub> decomposes (<a href="#F1">Figure 1</a>).</p>
<div class="DottedLine"></div><div class="Imageheaders">FIGURE 1</div><div class="FigureDesc"><a href="f.jpg"><img id="F1"/></a>
<p><strong>FIGURE 1</strong>. The coated anode.</p></div>
<h2>Results</h2><p class="mb0">{_LONG}</p>
<div class="Imageheaders">TABLE 1</div><p class="mb0"><strong>TABLE 1</strong>. Capacities.</p>
<table><thead><tr><th rowspan="2">Anode</th><th colspan="2">Capacity (mA h g<sup>−1</sup>)</th></tr><tr><th>First</th><th>Last</th></tr></thead>
<tbody><tr><td>Si@Al<sub>2</sub>O<sub>3</sub></td><td>1200</td><td>900</td></tr></tbody></table>
<h2>Conflict of Interest</h2><p class="mb0">The authors declare none.</p>
<h2>References</h2><div class="References"><p class="ReferencesCopy1"><a name="B1" id="B1"></a>Author, A., and Other, B. (2020). On coats. <i>J. Tests</i> 1, 1–9. doi: 10.5555/ref.1</p>
<p class="ReferencesCopy2"><a href="#">CrossRef Full Text</a> | <a href="#">Google Scholar</a></p></div>
<div class="References"><p class="ReferencesCopy1"><a name="B2" id="B2"></a>Third, C. (2021). More on coats. <i>J. Tests</i> 2, 3–8.</p><p class="ReferencesCopy2"><a href="#">Google Scholar</a></p></div>
<div class="References"><p class="ReferencesCopy1"><a name="B3" id="B3"></a>Fourth, D. (2022). Still more. <i>J. Tests</i> 3, 5–6.</p></div></div></div>""",
    kind="Original Research",
)

GENERIC = _page(
    f"""<div class="navbar">Home</div><div class="content"><h1>Coated silicon in pouch cells</h1><h2>Abstract</h2><p>{_LONG}</p><h2>Introduction</h2>
<p>{_LONG}It gives 1200 mA h g<sup>-1</sup> at 25 °C [1, 2]. LiPF<sub>6</sub> decomposes (Fig. 1).</p><p>Fig. 1. The coated anode.</p>
<h2>Results</h2><p>{_LONG}</p><p>Table 1. Capacities.</p>
<table><tr><th rowspan="2">Anode</th><th colspan="2">Capacity (mA h g<sup>−1</sup>)</th></tr><tr><th>First</th><th>Last</th></tr>
<tr><td>Si@Al<sub>2</sub>O<sub>3</sub></td><td>1200</td><td>900</td></tr></table>
<h2>References</h2><p>[1] A. Author and B. Other, On coats, J. Tests 1 (2020) 1–9. doi:10.5555/ref.1</p><p>[2] C. Third, More on coats, J. Tests 2 (2021) 3–8.</p>
<p>[3] D. Fourth, Still more, J. Tests 3 (2022) 5–6.</p></div>"""
)

PAGES = {"RSC": RSC, "Nature": NATURE, "MDPI": MDPI, "Frontiers": FRONTIERS, "generic": GENERIC}
