"use strict";
// The page to ask with: a menu of named questions, fields for their values, the answer as a table, as CSV, and as a link.
// Everything from the server goes into the page as text, never as HTML. The link holds the query behind "#", so no log sees it.

const form = document.getElementById("form");
const words = JSON.parse(form.dataset.words);
const language = form.dataset.language;
const [menu, fields, text, state, links, csv, link, result] =
  ["question", "parameters", "query", "state", "links", "csv", "link", "result"].map((id) => document.getElementById(id));
const MOST_ROWS = 1000;
const ENTITY = /^https:\/\/w3id\.org\/bilateral\/id\/(.+)$/;
let questions = [];

function element(name, content, attributes = {}) {
  const made = document.createElement(name);
  if (content !== undefined) made.textContent = content;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

async function get(address, options) {
  const answer = await fetch(address, options);
  if (answer.ok) return answer;
  const said = await answer.text();
  let message = said;
  try { message = JSON.parse(said).error; } catch { /* not JSON: as it is */ }
  throw new Error(message || `${words.failed} (${answer.status})`);
}

function fail(error) {
  state.className = "error";
  state.textContent = error.message;
}

function showFields() {
  const asked = questions.find((one) => one.name === menu.value);
  fields.replaceChildren(...(asked ? asked.parameters : []).map((parameter) => {
    const label = element("label", parameter.name);
    const input = element("input", undefined, { name: parameter.name, placeholder: parameter.example });
    if (parameter.required) input.value = parameter.example;
    input.addEventListener("change", fetchQuestion);
    label.append(input);
    return label;
  }));
}

async function fetchQuestion() {
  if (!menu.value) return;
  const values = new URLSearchParams({ lang: language });
  for (const input of fields.querySelectorAll("input")) if (input.value) values.set(input.name, input.value);
  try {
    text.value = await (await get(`/questions/${encodeURIComponent(menu.value)}?${values}`)).text();
    await ask();
  } catch (error) {
    fail(error);
  }
}

function cell(term) {
  if (!term) return element("td", "");
  const made = element("td");
  const entity = term.type === "uri" && ENTITY.exec(term.value);
  made.append(entity ? element("a", entity[1], { href: `/id/${entity[1]}` }) : term.value.replace("https://w3id.org/bilateral/ontology#", "br:"));
  if (term.datatype && /#(integer|decimal|double)$/.test(term.datatype)) made.className = "number";
  return made;
}

function table(answer) {
  const made = element("table");
  const head = element("tr");
  head.append(...answer.head.vars.map((name) => element("th", name, { scope: "col" })));
  made.createTHead().append(head);
  const body = made.createTBody();
  for (const row of answer.results.bindings.slice(0, MOST_ROWS)) {
    const line = element("tr");
    line.append(...answer.head.vars.map((name) => cell(row[name])));
    body.append(line);
  }
  return made;
}

async function ask() {
  state.className = "";
  state.textContent = words.running;
  links.hidden = true;
  result.replaceChildren();
  const query = text.value;
  try {
    const answer = await get("/sparql", {
      method: "POST",
      headers: { Accept: "application/sparql-results+json, text/turtle;q=0.9" },
      body: new URLSearchParams({ query }),
    });
    const rows = answer.headers.get("Content-Type").includes("json");
    if (rows) {
      const found = await answer.json();
      if ("boolean" in found) state.textContent = found.boolean ? words.yes : words.no;
      else {
        const number = found.results.bindings.length;
        state.textContent = `${number.toLocaleString(language)} ${words.rows}${number > MOST_ROWS ? `. ${words.more}` : ""}`;
        result.append(table(found));
      }
    } else {
      state.textContent = "";
      result.append(element("pre", await answer.text()));
    }
    csv.hidden = !rows;
    csv.href = `/sparql?${new URLSearchParams({ query, format: "csv" })}`;
    link.href = `/query?lang=${language}#${new URLSearchParams({ query })}`;
    history.replaceState(null, "", link.href);
    links.hidden = false;
  } catch (error) {
    fail(error);
  }
}

async function begin() {
  questions = await (await get(`/questions?lang=${language}`)).json();
  const groups = new Map();
  for (const one of questions) {
    if (!groups.has(one.group)) groups.set(one.group, element("optgroup", undefined, { label: one.group }));
    groups.get(one.group).append(element("option", one.question, { value: one.name }));
  }
  menu.append(...groups.values());
  const linked = new URLSearchParams(location.hash.slice(1)).get("query");
  if (linked) {
    text.value = linked;
    await ask();
  }
}

form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
menu.addEventListener("change", () => { showFields(); fetchQuestion(); });
begin().catch(fail);
