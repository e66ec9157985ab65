// node letters.mjs NODE_MODULES BROWSER PICTURE.svg OUT.json [SHOT.png]: where a browser puts the letters of each text.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, browserPath, picture, out, shot] = process.argv.slice(2);
const puppeteer = createRequire(join(resolve(modules), "x.js"))("puppeteer-core");
const browser = await puppeteer.launch({ executablePath: browserPath, args: ["--no-sandbox", "--hide-scrollbars"] });
const page = await browser.newPage();
await page.goto(pathToFileURL(resolve(picture)).href);
const texts = await page.evaluate(() => [...document.querySelectorAll("text")].map((text) => ({
  text: text.textContent,
  left: Number(text.getAttribute("x")),
  starts: Array.from({ length: text.getNumberOfChars() }, (_, at) => text.getStartPositionOfChar(at).x),
  width: text.getComputedTextLength() })));
const width = await page.evaluate(() => document.documentElement.width.baseVal.value);
writeFileSync(out, JSON.stringify({ width, texts }));
if (shot) {
  await page.setViewport({ width: Math.ceil(width), height: 600 });
  await page.screenshot({ path: shot });
}
await browser.close();
