// node picture.mjs NODE_MODULES BROWSER PAGE.html OUT.png: the top of a report and its first six fans, as the README shows them.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, browserPath, pageFile, out] = process.argv.slice(2);
const puppeteer = createRequire(join(resolve(modules), "x.js"))("puppeteer-core");
const browser = await puppeteer.launch({ executablePath: browserPath, args: ["--no-sandbox", "--hide-scrollbars"] });
const page = await browser.newPage();
await page.setViewport({ width: 1240, height: 900 });
await page.goto(pathToFileURL(resolve(pageFile)).href);
await page.waitForFunction(() => [...document.querySelectorAll(".plot")].every((plot) => plot.dataset.drawn), { timeout: 60000 });
const bottom = await page.evaluate(() => {
  const hide = (one) => { one.style.display = "none"; };
  document.querySelectorAll("#who, #when > :not(.grid)").forEach(hide);
  document.querySelectorAll("#when").forEach((part) => { part.style.borderTop = "0"; part.style.paddingTop = "0"; part.style.marginTop = "0"; });
  document.querySelectorAll("#when figure").forEach((one, at) => { if (at > 5) hide(one); });
  return document.querySelector("#when .grid").getBoundingClientRect().bottom;
});
await page.screenshot({ path: out, clip: { x: 0, y: 0, width: 1240, height: Math.ceil(bottom + 12) }, captureBeyondViewport: true });
await browser.close();
