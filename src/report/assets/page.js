/* The page of `scholiast report`. All words of the corpus are put in as text, never as markup. */
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const by = (id) => document.getElementById(id);
  const number = new Intl.NumberFormat("en");
  const PAGE = 40;

  /** Makes an element: attributes (functions are listeners), then children (texts or elements). */
  const el = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === undefined || value === false) continue;
      if (typeof value === "function") element.addEventListener(key, value);
      else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false && child !== ""));
    return element;
  };
  const fill = (parent, ...children) => parent.replaceChildren(...children.flat(Infinity).filter(Boolean));
  /** The language of a text by its script, for fonts and screen readers. */
  const lang = (text) => (/[\u0e00-\u0e7f]/.test(text) ? "th" : /[\u0e80-\u0eff]/.test(text) ? "lo" : /[ăâđêôơưạ-ỹ]/i.test(text) ? "vi" : undefined);
  const said = (text) => el("span", { lang: lang(text), dir: "auto" }, text);
  const plural = (count, word) => `${number.format(count)} ${word}${count === 1 ? "" : "s"}`;
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

  const theme = () => {
    const set = document.documentElement.dataset.theme;
    return set || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  };
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const palette = () => (theme() === "dark"
    ? ["#6cc5cf", "#f0b45c", "#b9a3f5", "#8fd694", "#ff9a94", "#8fc0ff", "#e3a1d3", "#c9c26b"]
    : ["#0b5f6b", "#b4690e", "#5b46a8", "#2f7d3b", "#a3231f", "#1f5fa8", "#93307e", "#6d6a15"]);

  /* Charts: made when they come into view, made again when the theme changes. */
  const charts = new Map();
  const seen = new IntersectionObserver((entries) => entries.forEach((entry) => entry.isIntersecting && draw(entry.target)), { rootMargin: "200px" });
  const draw = (target) => {
    const chart = charts.get(target);
    if (!chart || chart.drawn || !target.clientWidth) return;
    chart.drawn = echarts.init(target, null, { renderer: "svg" });
    const axis = { axisLine: { lineStyle: { color: color("line") } }, axisTick: { show: false }, axisLabel: { color: color("quiet"), hideOverlap: true }, splitLine: { lineStyle: { color: color("line") } } };
    chart.drawn.setOption({
      color: palette(), textStyle: { fontFamily: color("font"), color: color("ink") }, animationDuration: 250,
      tooltip: { renderMode: "richText", confine: true, backgroundColor: color("card"), borderColor: color("line"), textStyle: { color: color("ink"), fontSize: 13 } },
      ...chart.option(axis),
    });
    if (chart.click) chart.drawn.on("click", chart.click);
  };
  const chart = (target, label, option, click) => {
    charts.get(target)?.drawn?.dispose();
    target.setAttribute("role", "img");
    target.setAttribute("aria-label", label);
    charts.set(target, { option, click });
    seen.unobserve(target);
    seen.observe(target);
  };
  const redraw = () => charts.forEach((chart, target) => {
    chart.drawn?.dispose();
    chart.drawn = undefined;
    seen.unobserve(target);
    if (target.isConnected) seen.observe(target);
    else charts.delete(target);
  });
  // A window that is being closed or printed has no width for a moment, which the charts cannot bear.
  new ResizeObserver(() => charts.forEach((chart, target) => {
    if (!target.isConnected) charts.delete(target);
    else if (target.clientWidth > 0) chart.drawn?.resize();
  })).observe(document.body);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  by("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = theme() === "dark" ? "light" : "dark";
    redraw();
  });

  /** A table with a caption; `rows` are cells: texts, numbers or elements. */
  const table = (caption, heads, rows) => el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", {}, el("caption", {}, caption),
      el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col", class: head.n ? "n" : undefined }, head.n ?? head)))),
      el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell, column) => {
        const isNumber = Boolean(heads[column].n);
        const content = typeof cell === "number" ? number.format(cell) : typeof cell === "string" ? said(cell) : cell ?? "";
        return column === 0 ? el("th", { scope: "row", style: "font-weight:500" }, content) : el("td", { class: isNumber ? "n" : undefined }, content);
      }))))));

  /** A list that is shown in pages; `render` makes the element for some items. */
  const paged = (target, items, render, size = PAGE) => {
    let page = 0;
    const show = () => {
      const pages = Math.max(1, Math.ceil(items.length / size));
      page = Math.min(page, pages - 1);
      const part = items.slice(page * size, (page + 1) * size);
      const go = (step, label) => el("button", { type: "button", disabled: page + step < 0 || page + step >= pages, click: () => { page += step; show(); } }, label);
      fill(target, render(part), pages > 1 && el("div", { class: "pager" }, go(-1, "Previous"), `${number.format(page * size + 1)}–${number.format(page * size + part.length)} of ${number.format(items.length)}`, go(1, "Next")));
    };
    show();
  };

  const place = (line) => el("cite", {}, `${data.documents[line[0]]?.path ?? ""}:${line[1]}`);
  const withHits = (text, wanted) => {
    if (!wanted) return [text];
    const low = text.toLowerCase();
    const parts = [];
    let at = 0;
    for (let hit = low.indexOf(wanted); hit >= 0 && low.length === text.length; hit = low.indexOf(wanted, at)) {
      parts.push(text.slice(at, hit), el("mark", { class: "hit" }, text.slice(hit, hit + wanted.length)));
      at = hit + wanted.length;
    }
    parts.push(text.slice(at));
    return parts;
  };
  const lineItem = (line, wanted) => el("li", {}, place(line), el("p", { lang: lang(line[2] + line[3] + line[4]), dir: "auto" }, withHits(line[2], wanted), el("mark", {}, line[3]), withHits(line[4], wanted)));

  /* Figures */
  const totals = data.totals;
  fill(by("figures"), [
    [totals.documents, "documents"], [totals.people, "people"], [totals.organizations, "organisations"], [totals.places, "places"], [totals.mentions, "mentions"],
    [totals.laws, "legal documents"], [totals.annotations, "annotations"], [totals.findings, "findings"],
  ].map(([count, label]) => el("li", {}, el("b", {}, number.format(count)), el("span", {}, label))));

  /* People, organisations, places */
  let kind = "people";
  let current;
  const kinds = { people: "People", organizations: "Organisations", places: "Places" };
  const entityList = () => {
    const wanted = fold(by("entity-search").value.trim());
    const all = data.entities.filter((entity) => entity.group === kind);
    const found = wanted ? all.filter((entity) => [entity.name, entity.id, ...entity.spellings.map((one) => one.text)].some((text) => fold(text).includes(wanted))) : all;
    const of = data.shown[kind];
    by("entity-count").textContent = `${number.format(found.length)} of ${plural(of, "entry").replace("entrys", "entries")}${of > all.length ? ` (the ${number.format(all.length)} most frequent are in this page)` : ""}`;
    paged(by("entity-list"), found, (part) => part.length
      ? el("ul", { class: "list" }, part.map((entity) => el("li", {}, el("button", { type: "button", "aria-current": entity === current ? "true" : undefined, click: () => show(entity) },
        el("span", {}, said(entity.name), entity.office && el("small", {}, said(entity.office))), el("span", { class: "count" }, number.format(entity.mentions))))))
      : el("p", { class: "nothing" }, "Nobody is called so."), 14);
  };
  const show = (entity, scroll) => {
    current = entity;
    entityList();
    detail(entity);
    if (scroll) by("people").scrollIntoView();
  };
  const detail = (entity) => {
    const target = by("entity");
    if (!entity) return fill(target, el("p", { class: "nothing" }, "No registered name occurs in these documents."));
    let spelling;
    const lines = el("div");
    const search = el("input", { type: "search", id: "line-search", placeholder: "Search in these lines", "aria-label": "Search in these lines", input: () => showLines() });
    const status = el("p", { class: "count", "aria-live": "polite", id: "line-count" });
    const chips = el("div", { class: "chips", role: "group", "aria-label": "Spellings" });
    const showLines = () => {
      const wanted = search.value.trim().toLowerCase();
      const chosen = spelling ? [spelling] : entity.spellings;
      const all = chosen.flatMap((one) => one.lines);
      const found = wanted ? all.filter((line) => (line[2] + line[3] + line[4]).toLowerCase().includes(wanted)) : all;
      const of = chosen.reduce((sum, one) => sum + one.count, 0);
      status.textContent = `${number.format(found.length)} of ${plural(of, "line")} shown${of > all.length ? `; this page holds the first ${number.format(all.length)}` : ""}`;
      paged(lines, found, (part) => part.length
        ? el("ol", { class: "lines", tabindex: "0", "aria-label": "Lines in context" }, part.map((line) => lineItem(line, wanted)))
        : el("p", { class: "nothing" }, "No line has these words."), 30);
    };
    const showChips = () => fill(chips,
      el("button", { type: "button", "aria-pressed": String(!spelling), click: () => choose(undefined) }, "All ", el("span", { class: "count" }, number.format(entity.mentions))),
      entity.spellings.map((one) => el("button", { type: "button", "aria-pressed": String(one === spelling), click: () => choose(one) }, said(one.text), " ", el("span", { class: "count" }, number.format(one.count)))));
    const choose = (one) => { spelling = one; showChips(); showLines(); };
    const time = el("div", { class: "chart" });
    const offices = el("div", { class: "chart", style: `height:${70 + 34 * entity.offices.length}px` });
    const names = entity.names.filter((name) => name !== entity.name);
    fill(target,
      el("h3", { style: "margin-top:0;font-size:1.35rem" }, said(entity.name)),
      el("p", { class: "about", style: "margin-bottom:.3rem" }, el("code", {}, entity.id), entity.country && ` · ${entity.country}`, entity.note && [" · ", said(entity.note)],
        ` · ${plural(entity.mentions, "mention")} in ${plural(entity.documents, "document")}`),
      names.length > 0 && el("p", { class: "about", style: "margin-bottom:.3rem" }, "Also registered as ", names.slice(0, 12).map((name, at) => [at ? ", " : "", said(name)])),
      el("h3", {}, "Spellings in the corpus"), chips, search, status, lines,
      entity.months.length > 0 && [el("h3", {}, "Over time"), time],
      entity.offices.length > 0 && [el("h3", {}, "Offices"), entity.offices.some((one) => one.since || one.until) && offices,
        table("Offices held, as the registry has them", ["Office", "Since", "Until"], entity.offices.map((one) => [one.name, one.since ?? "", one.until ?? ""]))],
      entity.titles.length > 0 && [el("h3", {}, "Titles found in the texts"), table("Titles beside the name", ["Title", { n: "Times" }, "First", "Last"], entity.titles.map((one) => [one.text, one.count, one.first ?? "", one.last ?? ""]))],
      entity.together.length > 0 && [el("h3", {}, "Appears with"), el("div", { class: "chips" }, entity.together.map(([id, count]) => {
        const other = data.entities.find((one) => one.id === id);
        return other && el("button", { type: "button", click: () => show(other) }, said(other.name), " ", el("span", { class: "count" }, number.format(count)));
      }).filter(Boolean))]);
    showChips();
    showLines();
    if (entity.months.length > 0) {
      chart(time, `Mentions of ${entity.name} by month: ${entity.months.map(([month, count]) => `${month} ${count}`).join(", ")}`, (axis) => ({
        grid: { left: 44, right: 12, top: 12, bottom: 28 }, tooltip: { trigger: "axis", renderMode: "richText" },
        xAxis: { type: "category", data: entity.months.map(([month]) => month), ...axis }, yAxis: { type: "value", minInterval: 1, ...axis },
        series: [{ type: "bar", name: "Mentions", data: entity.months.map(([, count]) => count), itemStyle: { borderRadius: [3, 3, 0, 0] }, barMaxWidth: 34 }],
      }));
    }
    const dated = entity.offices.filter((one) => one.since || one.until);
    if (dated.length > 0) {
      const days = dated.flatMap((one) => [one.since, one.until]).filter(Boolean).map(Date.parse);
      const months = entity.months.map(([month]) => Date.parse(`${month}-15`)).filter(Number.isFinite);
      const [low, high] = [Math.min(...days, ...months), Math.max(...days, ...months, data.last ? Date.parse(data.last) : 0)];
      const margin = Math.max((high - low) * 0.05, 30 * 864e5);
      chart(offices, `Offices of ${entity.name} over time: ${dated.map((one) => `${one.name} from ${one.since ?? "an unknown day"} to ${one.until ?? "now"}`).join("; ")}`, (axis) => ({
        grid: { left: 12, right: 12, top: 12, bottom: 28 }, tooltip: { renderMode: "richText" },
        xAxis: { type: "time", min: low - margin, max: high + margin, ...axis }, yAxis: { type: "category", data: dated.map((_, at) => at), inverse: true, show: false },
        series: [{
          type: "custom", name: "Office", encode: { x: [1, 2], y: 0 },
          data: dated.map((one, at) => [at, one.since ? Date.parse(one.since) : low - margin, one.until ? Date.parse(one.until) : high + margin]),
          tooltip: { formatter: ({ dataIndex }) => `${dated[dataIndex].name}\n${dated[dataIndex].since ?? "?"} – ${dated[dataIndex].until ?? ""}` },
          renderItem: (params, api) => {
            const [start, end] = [api.coord([api.value(1), api.value(0)]), api.coord([api.value(2), api.value(0)])];
            const width = Math.max(end[0] - start[0], 3);
            return { type: "rect", shape: { x: start[0], y: start[1] - 11, width, height: 22, r: 5 }, style: { fill: palette()[0], opacity: 0.85 },
              textContent: { type: "text", style: { fontFamily: color("font"), text: dated[params.dataIndex].name, fill: color("accent-ink"), fontSize: 12, width: Math.max(width - 12, 0), overflow: "truncate" } }, textConfig: { position: "insideLeft" } };
          },
        }, { type: "custom", data: months.map((month) => [dated.length - 1, month]), encode: { x: 1, y: 0 }, silent: true, name: "Mentions",
          renderItem: (params, api) => { const at = api.coord([api.value(1), api.value(0)]); return { type: "circle", shape: { cx: at[0], cy: at[1] + 17, r: 2.5 }, style: { fill: palette()[1] } }; } }],
      }));
    }
  };
  fill(by("kinds"), Object.entries(kinds).map(([key, label]) => el("button", { type: "button", "aria-pressed": String(key === kind), click: (event) => {
    kind = key;
    for (const button of by("kinds").children) button.setAttribute("aria-pressed", String(button === event.currentTarget));
    show(data.entities.find((entity) => entity.group === kind));
  } }, label, " ", el("span", { class: "count" }, number.format(data.shown[key])))));
  by("entity-search").addEventListener("input", entityList);
  show(data.entities.find((entity) => entity.group === kind));

  /* Network */
  const people = new Map(data.entities.filter((entity) => entity.group === "people").map((entity) => [entity.id, entity]));
  const pairs = data.pairs.filter(([one, two]) => people.has(one) && people.has(two));
  if (pairs.length === 0) fill(by("network-body"), el("p", { class: "nothing" }, "No two people are named in one document."));
  else {
    const named = [...new Set(pairs.flatMap(([one, two]) => [one, two]))].map((id) => people.get(id));
    const most = Math.max(...named.map((one) => one.mentions));
    // Few people would be lost in a tall picture.
    if (named.length < 12) by("network-chart").style.height = `${240 + 22 * named.length}px`;
    chart(by("network-chart"), `Network of ${named.length} people; the table below has the same`, () => ({
      tooltip: { renderMode: "richText", confine: true },
      series: [{
        type: "graph", layout: "force", roam: "move", draggable: true, force: { repulsion: named.length < 12 ? 1000 : 320, edgeLength: named.length < 12 ? [140, 200] : [60, 170], gravity: 0.1, layoutAnimation: false },
        data: named.map((one, at) => ({ x: 300 * Math.cos((2 * Math.PI * at) / named.length), y: 200 * Math.sin((2 * Math.PI * at) / named.length), id: one.id, name: one.name, value: one.mentions, symbolSize: 10 + 30 * Math.sqrt(one.mentions / most), itemStyle: { color: palette()[0], opacity: 0.9 }, label: { show: named.length <= 60 || one.mentions > most / 8 } })),
        links: pairs.map(([source, target, value]) => ({ source, target, value, lineStyle: { width: Math.min(1 + Math.log2(value), 7), color: color("quiet"), opacity: 0.35, curveness: 0.08 } })),
        label: { position: "bottom", color: color("ink"), fontSize: 12, textBorderColor: color("card"), textBorderWidth: 3 }, labelLayout: { hideOverlap: true }, emphasis: { focus: "adjacency", lineStyle: { opacity: 0.9 } },
        tooltip: { formatter: ({ dataType, data: of }) => dataType === "edge" ? `${people.get(of.source).name} – ${people.get(of.target).name}: ${plural(of.value, "document")}` : `${of.name}: ${plural(of.value, "mention")}` },
      }],
    }), ({ dataType, data: of }) => dataType === "node" && show(people.get(of.id), true));
    paged(by("network-table"), pairs, (part) => table("Who appears with whom", ["Person", "With", { n: "Documents" }], part.map(([one, two, count]) => [people.get(one).name, people.get(two).name, count])));
  }

  /* Heat map */
  const heat = data.heat;
  if (heat.cells.length === 0) fill(by("heat-body"), el("p", { class: "nothing" }, "No person is named in these documents."));
  else {
    by("heat-about").textContent = heat.unit === "document" ? "How often each person is named in each document." : `How often each person is named, by ${heat.unit} of the documents.`;
    const names = heat.people.map((id) => people.get(id)?.name ?? id);
    // Few names have room on one line.
    const below = heat.columns.length > 6 ? 124 : 62;
    by("heat-chart").style.height = `${below + 16 + 24 * names.length}px`;
    chart(by("heat-chart"), `Mentions of ${names.length} people in ${plural(heat.columns.length, heat.unit)}`, (axis) => ({
      grid: { left: Math.min(190, by("heat-chart").clientWidth / 3), right: 12, top: 8, bottom: below }, tooltip: { renderMode: "richText", formatter: ({ value }) => `${names[value[1]]}\n${heat.columns[value[0]]}: ${value[2]}` },
      xAxis: { type: "category", data: heat.columns, ...axis, axisLabel: { formatter: (path) => path.split("/").pop(), color: color("quiet"), rotate: heat.columns.length > 6 ? 40 : 0, width: heat.columns.length > 6 ? 110 : 170, overflow: "truncate", hideOverlap: true } },
      yAxis: { type: "category", data: names, inverse: true, ...axis, axisLabel: { color: color("ink"), width: Math.min(180, by("heat-chart").clientWidth / 3 - 8), overflow: "truncate", interval: 0 } },
      visualMap: { min: 0, max: Math.max(...heat.cells.map((cell) => cell[2])), calculable: false, orient: "horizontal", left: "center", bottom: 0, itemHeight: 90, itemWidth: 12, textStyle: { color: color("quiet") }, inRange: { color: [color("wash"), palette()[0]] } },
      series: [{ type: "heatmap", name: "Mentions", data: heat.cells, itemStyle: { borderColor: color("card"), borderWidth: 2, borderRadius: 3 } }],
    }), ({ value }) => value && show(people.get(heat.people[value[1]]), true));
  }

  /* Legal documents */
  const law = (one) => fill(by("law"), el("h3", { style: "margin-top:0" }, one.reference), one.title && el("p", { class: "about" }, said(one.title)),
    el("p", { class: "about" }, `${plural(one.count, "citation")} in ${plural(one.documents, "document")}`, one.registered && ` · registered as of ${one.registered}`),
    one.dates.length > 0 && table("Dates given with it", ["Date", { n: "Times" }], one.dates),
    one.together.length > 0 && [el("h3", {}, "Cited in one line with"), el("div", { class: "chips" }, one.together.map(([reference, count]) => {
      const other = data.laws.find((candidate) => candidate.reference === reference);
      return el("button", { type: "button", disabled: !other, click: () => law(other) }, reference, " ", el("span", { class: "count" }, number.format(count)));
    }))],
    el("p", { class: "count" }, `${number.format(one.lines.length)} of ${plural(one.count, "line")} shown`),
    el("ol", { class: "lines", tabindex: "0", "aria-label": `Lines that cite ${one.reference}` }, one.lines.map((line) => lineItem(line))));
  const lawList = () => {
    const wanted = fold(by("law-search").value.trim());
    const found = data.laws.filter((one) => !wanted || fold(`${one.reference} ${one.title ?? ""}`).includes(wanted));
    by("law-count").textContent = `${number.format(found.length)} of ${plural(totals.laws, "legal document")}`;
    paged(by("law-list"), found, (part) => el("ul", { class: "list" }, part.map((one) => el("li", {}, el("button", { type: "button", click: () => law(one) },
      el("span", {}, one.reference, one.dates.length > 0 && el("small", {}, one.dates.length === 1 ? one.dates[0][0] : `${one.dates.length} dates given`)), el("span", { class: "count" }, number.format(one.count)))))), 14);
  };
  if (data.laws.length === 0) fill(by("law-body"), el("p", { class: "nothing" }, "No legal document is cited."));
  else {
    by("law-search").addEventListener("input", lawList);
    lawList();
    law(data.laws[0]);
  }

  /* Dates */
  const eras = { be: "Buddhist Era", ce: "Common Era", re: "Rattanakosin Era", ah: "Hijri", none: "without a year" };
  if (data.dates.length === 0) fill(by("dates-body"), el("p", { class: "nothing" }, "No date occurs."));
  else {
    const years = [...new Set(data.dates.map(([, year]) => year).filter(Boolean))].sort((one, two) => one - two);
    const found = Object.keys(eras).filter((era) => data.dates.some(([known, year]) => known === era && year));
    chart(by("dates-chart"), `Dates by year and era; the table beside has the same`, (axis) => ({
      grid: { left: 48, right: 12, top: 34, bottom: 28 }, legend: { top: 0, left: 0, textStyle: { color: color("ink") }, itemWidth: 14, itemHeight: 10 }, tooltip: { trigger: "axis", renderMode: "richText" },
      xAxis: { type: "category", data: years, ...axis }, yAxis: { type: "value", minInterval: 1, ...axis },
      series: found.map((era) => ({ type: "bar", stack: "dates", name: eras[era], barMaxWidth: 30, data: years.map((year) => data.dates.find(([known, of]) => known === era && of === year)?.[2] ?? 0) })),
    }));
    const counts = Object.keys(eras).map((era) => [eras[era], data.dates.filter(([known]) => known === era).reduce((sum, row) => sum + row[2], 0)]).filter(([, count]) => count > 0);
    fill(by("dates-table"), table("Dates by the era in which they are written", ["Era", { n: "Dates" }], counts));
  }

  /* Annotations */
  if (data.annotations.length === 0) fill(by("annotations-body"), el("p", { class: "nothing" }, "No annotation files stand beside these texts."));
  else {
    const types = [...new Set(data.annotations.map(([type]) => type))];
    const annotators = [...new Set(data.annotations.map(([, annotator]) => annotator))].sort();
    const count = (type, annotator) => data.annotations.find((row) => row[0] === type && row[1] === annotator)?.[2] ?? 0;
    const named = (annotator) => annotator || "all annotators";
    const top = types.slice(0, 40);
    by("annotations-chart").style.height = `${70 + 28 * top.length}px`;
    chart(by("annotations-chart"), "Annotations by type and annotator; the table beside has the same", (axis) => ({
      grid: { left: 120, right: 16, top: annotators.length > 1 ? 34 : 8, bottom: 28 }, legend: { show: annotators.length > 1, top: 0, textStyle: { color: color("ink") } }, tooltip: { trigger: "axis", renderMode: "richText" },
      yAxis: { type: "category", data: top, inverse: true, ...axis, axisLabel: { color: color("ink"), width: 110, overflow: "truncate" } }, xAxis: { type: "value", minInterval: 1, ...axis },
      series: annotators.map((annotator) => ({ type: "bar", stack: "all", name: named(annotator), data: top.map((type) => count(type, annotator)), barMaxWidth: 18 })),
    }));
    paged(by("annotations-table"), types, (part) => table("Annotations by type", ["Type", ...annotators.map((annotator) => ({ n: named(annotator) }))], part.map((type) => [type, ...annotators.map((annotator) => count(type, annotator))])));
  }

  /* Agreement: of corpora that are compared with another annotator's set. */
  const figure = (value) => (value === undefined || value === null ? "–" : value.toFixed(3));
  fill(by("agreement"), data.agreement.map((one) => el("div", { class: "card" }, table(`Agreement with ${one.with} in ${plural(one.documents, "document")}`,
    ["Type", { n: "Same" }, { n: "Other type" }, { n: "Overlap" }, { n: "Only here" }, { n: "Only there" }, { n: "F1" }, { n: "F1 with overlaps" }, { n: "κ" }, { n: "α" }],
    one.types.map((row) => [row.type || "all", row.same, row.other_type, row.overlap, row.only_here, row.only_there, figure(row.f1), figure(row.f1_overlap), figure(row.kappa), figure(row.alpha_u)])))));

  /* Findings */
  if (data.rules.length === 0) fill(by("findings-body"), el("p", { class: "nothing" }, "Nothing was found to be wrong."));
  else {
    const trend = (rule) => {
      if (rule.before === undefined || rule.before === null) return "";
      const change = rule.count - rule.before;
      return change === 0 ? "±0" : el("span", { class: change > 0 ? "up" : "down" }, `${change > 0 ? "▲ +" : "▼ −"}${number.format(Math.abs(change))}`);
    };
    const hasTrend = data.rules.some((rule) => rule.before !== undefined && rule.before !== null);
    fill(by("rules-table"), table("Findings by rule", ["Rule", "Severity", { n: "Findings" }, ...(hasTrend ? [{ n: "Since the baseline" }] : []), "What it finds"],
      data.rules.map((rule) => [el("code", {}, rule.code), el("span", { class: `tag ${rule.severity}` }, rule.severity), rule.count, ...(hasTrend ? [trend(rule)] : []), rule.summary])));
    const files = () => {
      const wanted = by("file-search").value.trim().toLowerCase();
      const found = data.files.filter(([path, code]) => !wanted || `${path} ${code}`.toLowerCase().includes(wanted));
      by("file-count").textContent = `${number.format(found.length)} of ${plural(data.shown.files, "row")}`;
      paged(by("files-table"), found, (part) => table("Findings by file", ["File", "Rule", { n: "Findings" }], part));
    };
    by("file-search").addEventListener("input", files);
    files();
  }

  /* Progress: of corpora that keep the states of their documents. */
  if (data.states.length === 0) {
    by("states").remove();
    by("states-link").remove();
  } else {
    const labels = { new: "new", "in-work": "in work", done: "done", reviewed: "reviewed" };
    const all = data.states.reduce((sum, [, count]) => sum + count, 0);
    const share = (count) => `${Math.round((100 * count) / Math.max(1, all))} %`;
    by("states-bar").setAttribute("aria-label", data.states.map(([state, count]) => `${labels[state]}: ${number.format(count)}, ${share(count)}`).join("; "));
    fill(by("states-bar"), data.states.filter(([, count]) => count > 0).map(([state, count]) => el("span", { class: `part ${state}`, style: `flex-grow:${count}`, title: `${labels[state]}: ${number.format(count)} (${share(count)})` })));
    let only;
    const chips = () => fill(by("states-chips"), data.states.map(([state, count]) => el("button", { type: "button", class: `chip state ${state}`, "aria-pressed": only === state ? "true" : "false", click: () => { only = only === state ? undefined : state; chips(); documents(); } }, labels[state], el("span", { class: "count" }, ` ${number.format(count)}`))));
    const rows = data.documents.map((one) => [one.path, one.state?.is ?? "new", one.state?.by ?? "", one.state?.when ?? ""]);
    const documents = () => {
      const wanted = fold(by("state-search").value.trim());
      const found = rows.filter(([path, state, who]) => (!only || state === only) && (!wanted || fold(`${path} ${who}`).includes(wanted)));
      by("state-count").textContent = `${number.format(found.length)} of ${plural(rows.length, "document")}`;
      paged(by("states-table"), found, (part) => table("Documents by state", ["Document", "State", "By", "When"], part.map(([path, state, who, when]) => [path, el("span", { class: `tag state ${state}` }, labels[state]), who, when && el("time", { datetime: when }, when.slice(0, 16).replace("T", " "))])));
    };
    by("state-search").addEventListener("input", documents);
    chips();
    documents();
  }
})();
