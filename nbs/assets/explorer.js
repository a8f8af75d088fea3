// Fills every explorer of the page that is still empty, from the JSON inside it.
for (const root of document.querySelectorAll(".explorer:not([data-question])")) {
  const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const list = root.querySelector("select"), now = root.querySelector(".now"), tables = root.querySelector(".tables");
  const el = (tag, text, attributes = {}) => { const e = document.createElement(tag); if (text !== undefined) e.textContent = text;
    for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v); return e; };
  const cell = (share, what, where) => { const td = el("td", undefined, {class: "b", "data-share": share}), box = el("i", undefined, {"aria-hidden": "true"});
    if (share) box.style.background = `color-mix(in srgb, var(--on) ${Math.round(100 * share)}%, transparent)`;
    const words = share === 1 ? what : share ? `${Math.round(100 * share)} % ${what}` : `not ${what}`;
    td.title = `${where}: ${words}`; td.append(box, el("span", words, {class: "hidden"})); return td; };
  const row = (tag, texts) => { const tr = el("tr"); for (const t of texts) tr.append(el(tag, t, tag === "th" ? {scope: "col"} : {})); return tr; };
  const caption = text => { const e = el("caption"); e.append(el("span", text, {class: "table-caption"})); return e; };
  const blocks = Math.max(0, ...data.runs.map(r => r.decisions ? r.shape[0] : 0));
  const names = n => [...Array(n).keys()].map(i => `${i + 1}`);
  function picture(image) {
    const ns = "http://www.w3.org/2000/svg", [w, h] = image.size, svg = document.createElementNS(ns, "svg");
    const put = (tag, a) => { const e = document.createElementNS(ns, tag); for (const [k, v] of Object.entries(a)) e.setAttribute(k, v); svg.append(e); };
    for (const [k, v] of Object.entries({viewBox: `-1 -1 ${w + 2} ${h + 2}`, role: "img", "aria-label": `Image with ${image.boxes.length} boxes`})) svg.setAttribute(k, v);
    put("image", {href: image.uri, width: w, height: h});
    if (root.querySelector("input").checked) for (const [x, y, u, v] of image.boxes) put("rect", {x, y, width: u - x, height: v - y, fill: "none", stroke: "#e6550d", "stroke-width": .7});
    return svg;
  }
  function overview(n) {
    const table = el("table", undefined, {"data-quarto-disable-processing": "true"}), head = el("thead"), body = el("tbody");
    table.append(caption(`Answer of each strategy, and blocks 1 to ${blocks}. Filled: kept or finetuned; lighter: only some components finetuned.`));
    head.append(row("th", ["Strategy", "Seed", "Answer", ...names(blocks)]));
    for (const r of data.runs) {
      const tr = el("tr", undefined, {"data-strategy": r.strategy}), [, c] = r.shape;
      tr.append(el("th", r.label, {scope: "row"}), el("td", r.seed), el("td", r.answers[n] + (r.correct[n] ? "" : " (wrong)"), {class: r.correct[n] ? "right" : "wrong"}));
      if (!r.decisions) tr.append(el("td", "the same blocks for every question", {colspan: blocks || 1}));
      else for (let b = 0; b < r.shape[0]; b++)
        tr.append(cell([...r.decisions[n].slice(b * c, b * c + c)].filter(x => x === "1").length / c, r.what, `${r.label}, BL_${b + 1}`));
      body.append(tr);
    }
    table.append(head, body); return table;
  }
  function components(r, n) {
    const table = el("table", undefined, {"data-quarto-disable-processing": "true", "data-components": r.strategy}), head = el("thead"), body = el("tbody"), c = r.shape[1];
    table.append(caption(`${r.label}: components ${r.what}`)); head.append(row("th", ["Block", ...r.components]));
    for (let b = 0; b < r.shape[0]; b++) { const tr = el("tr"); tr.append(el("th", `BL_${b + 1}`, {scope: "row"}));
      for (let k = 0; k < c; k++) tr.append(cell(+r.decisions[n][b * c + k], r.what, `BL_${b + 1}, ${r.components[k]}`)); body.append(tr); }
    table.append(head, body); return table;
  }
  function show() {
    const n = +list.value, q = data.questions[n], text = el("div", undefined, {"aria-live": "polite"});
    text.append(el("p", q.question, {class: "question"}), el("p", `Right answer: ${q.right}`, {class: "answer"}), el("p", `Type: ${q.type}`));
    now.replaceChildren(picture(data.images[q.image]), text);
    tables.replaceChildren(overview(n), ...data.runs.filter(r => r.decisions && r.shape[1] > 1).map(r => components(r, n)));
    root.dataset.question = q.id;
  }
  const step = d => { list.value = (+list.value + d + data.questions.length) % data.questions.length; show(); };
  const groups = {};
  data.questions.forEach((q, n) => { const g = groups[q.type] ||= list.appendChild(el("optgroup", undefined, {label: q.type})); g.append(el("option", `${q.question} (${q.right})`, {value: n})); });
  list.addEventListener("change", show); root.querySelector("input").addEventListener("change", show);
  root.querySelector(".back").addEventListener("click", () => step(-1)); root.querySelector(".on").addEventListener("click", () => step(1));
  list.value = 0; show();
}
