// node look.mjs NODE_MODULES BROWSER PAGE.html OUT.json [SHOTS|brief]: opens a report as a reader does and writes what it saw.
// brief: only what the page is once it is open.
//
// Seen: console and policy errors, requests, charts drawn, tables, what the Tab key reaches, axe's findings, the file
// a CSV button saves, the page without scripts, in print, and screenshots at 1400 and 400 px in the folder SHOTS.
import { createRequire } from "node:module";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, browserPath, pageFile, out, last] = process.argv.slice(2);
const brief = last === "brief", shots = brief ? undefined : last;
const require = createRequire(join(resolve(modules), "x.js"));
const puppeteer = require("puppeteer-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const url = pathToFileURL(resolve(pageFile)).href;

const browser = await puppeteer.launch({ executablePath: browserPath, args: ["--no-sandbox", "--hide-scrollbars"] });
const seen = { console: [], requests: [] };

async function open(width, height, scripts = true) {
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  await page.setJavaScriptEnabled(scripts);
  page.on("console", (message) => { if (["error", "warn", "warning"].includes(message.type())) seen.console.push(message.text()); });
  page.on("pageerror", (error) => seen.console.push(String(error)));
  page.on("dialog", (dialog) => { seen.console.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (request.url() !== url) seen.requests.push(request.url().slice(0, 200)); });
  await page.goto(url);
  if (scripts) await page.waitForFunction(() => [...document.querySelectorAll(".plot")].every((plot) => plot.dataset.drawn), { timeout: 60000 });
  return page;
}

const charts = () => [...document.querySelectorAll(".plot")].map((plot) => {
  const box = plot.getBoundingClientRect();
  const shapes = [...plot.querySelectorAll("svg path, svg circle, svg rect, svg polygon")];
  return { id: plot.closest("figure").id, kind: plot.dataset.kind, drawn: plot.dataset.drawn === "true", shapes: shapes.length,
    texts: plot.querySelectorAll("svg text").length, width: box.width, height: box.height,
    outside: [...plot.querySelectorAll("svg text")].filter((text) => {
      const t = text.getBoundingClientRect();
      return t.width && (t.left < box.left - 2 || t.right > box.right + 2 || t.bottom > box.bottom + 2);
    }).map((text) => text.textContent).slice(0, 5),
    overlaps: overlapping([...plot.querySelectorAll("svg text")]) };
  // Texts that lie on each other, by over 2 px both ways.
  function overlapping(texts) {
    const boxes = texts.map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() })).filter((one) => one.box.width);
    const apart = (a, b) => Math.min(Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)) <= 2;
    return boxes.flatMap((one, at) => boxes.slice(at + 1).filter((other) => !apart(one.box, other.box)).map((other) => `${one.text} | ${other.text}`)).slice(0, 5);
  }
});
const tables = () => Object.fromEntries([...document.querySelectorAll("table")].map((table) => [table.id, {
  heads: [...table.tHead.rows[0].cells].map((cell) => cell.textContent),
  rows: [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent)) }]));

const page = await open(1400, 900);
seen.title = await page.title();
seen.heading = await page.$eval("h1", (h1) => h1.textContent);
seen.language = await page.$eval("html", (html) => html.lang);
seen.charts = await page.evaluate(charts);
seen.tables = await page.evaluate(tables);
seen.wide = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

if (brief) {
  writeFileSync(out, JSON.stringify(seen));
  await browser.close();
  process.exit(0);
}

// What Tab reaches, of what can be reached at all. Twice around at most.
seen.keyboard = { wanted: await page.$$eval("a[href], button, summary, [tabindex='0']", (all) => all.filter((one) => one.checkVisibility({ contentVisibilityAuto: true }) && (!one.closest("details:not([open])") || one.tagName === "SUMMARY")).length) };
const reached = new Set();
for (let press = 0; press < 3 * seen.keyboard.wanted; press += 1) {
  await page.keyboard.press("Tab");
  const at = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, summary, [tabindex='0']")];
    return all.indexOf(document.activeElement);
  });
  if (at >= 0 && reached.has(at)) break;
  if (at >= 0) reached.add(at);
}
seen.keyboard.reached = reached.size;

// A summary opens by key, and its table can be saved.
const downloads = mkdtempSync(join(tmpdir(), "report-"));
const session = await page.createCDPSession();
await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: downloads });
const figure = await page.$("figure.chart");
await (await figure.$("summary")).focus();
await page.keyboard.press("Enter");
seen.opened = await figure.$eval("details", (details) => details.open);
await (await figure.$("button.save")).focus();
await page.keyboard.press("Enter");
for (let wait = 0; wait < 50 && !readdirSync(downloads).some((name) => name.endsWith(".csv")); wait += 1) await new Promise((done) => setTimeout(done, 100));
const saved = readdirSync(downloads).filter((name) => name.endsWith(".csv"));
seen.saved = saved.length ? { name: saved[0], text: readFileSync(join(downloads, saved[0]), "utf8") } : null;

// Sorting by the second column, both ways.
seen.sorted = await page.evaluate(() => {
  const table = document.querySelector("table.sortable");
  if (!table) return null;
  const column = () => [...table.tBodies[0].rows].map((row) => row.cells[1].textContent);
  const button = table.tHead.rows[0].cells[1].querySelector("button");
  button.click();
  const down = column();
  button.click();
  return { down, up: column(), said: table.tHead.rows[0].cells[1].getAttribute("aria-sort") };
});

// Of the tables by sector, region and buyer, those wider than the place they have at this width.
seen.cut = await page.evaluate(() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  return [...document.querySelectorAll('[id*="difference-"], [id$="buyers-table"]')].filter((one) => one.tagName === "TABLE"
    && one.scrollWidth > one.parentElement.clientWidth + 1).map((one) => one.id);
});

// axe sees the page with everything open, and of each table the first rows: the others are built alike.
await page.evaluate(() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const row of document.querySelectorAll("tbody tr:nth-child(n + 4)")) row.remove();
});
await session.send("Page.setBypassCSP", { enabled: true });
await page.evaluate(axeSource);
const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
seen.axe = found.violations.map((one) => ({ id: one.id, impact: one.impact, help: one.help, where: one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)) }));

if (shots) {
  const fresh = await open(1400, 900);
  await fresh.screenshot({ path: join(shots, "1400.png"), fullPage: true });
  await fresh.close();
}
const narrow = await open(400, 800);
seen.narrow = await narrow.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
seen.narrow_charts = await narrow.evaluate(charts);
if (shots) await narrow.screenshot({ path: join(shots, "400.png"), fullPage: true });

const bare = await open(1000, 800, false);
seen.without_scripts = { tables: (await bare.$$("table")).length, hidden: await bare.$$eval("details:not([open])", (all) => all.length) };
if (shots) await bare.screenshot({ path: join(shots, "bare.png"), clip: { x: 0, y: 0, width: 1000, height: 2400 } });

const printed = await open(1400, 900);
await printed.evaluate(() => addEventListener("beforeprint", () => {
  window.openOnPaper = [...document.querySelectorAll("details[open]")].map((details) => details.querySelector("summary").textContent);
}));
const pdf = await printed.pdf({ format: "A4" });
seen.open_on_paper = await printed.evaluate(() => window.openOnPaper);
seen.open_after_print = await printed.$$eval("details[open]", (all) => all.length);
seen.pdf_bytes = pdf.length;
if (shots) writeFileSync(join(shots, "print.pdf"), pdf);
writeFileSync(out, JSON.stringify(seen));
await browser.close();
