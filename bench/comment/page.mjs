// A comment as GitHub shows it: rendered as GitHub flavoured markdown, in GitHub's own style sheet, its chart drawn by Mermaid.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const home = createRequire(pathToFileURL(resolve("target/comment/package.json")));
const load = async (name) => import(pathToFileURL(home.resolve(name)));
const { micromark } = await load("micromark");
const { gfm, gfmHtml } = await load("micromark-extension-gfm");

/** HTML as the markdown gives it, before any sanitiser: what is inert here is inert there. */
export const html = (markdown) =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

export async function browser() {
  const chromium = (await load("@sparticuz/chromium")).default;
  const puppeteer = (await load("puppeteer-core")).default;
  return puppeteer.launch({
    args: [...chromium.args, "--no-sandbox"],
    executablePath: process.env.CHROMIUM ?? (await chromium.executablePath()),
    headless: "shell",
  });
}

/** Opens the comment; nothing is loaded from anywhere. */
export async function show(browser, markdown, width) {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 600, deviceScaleFactor: 1 });
  await page.setRequestInterception(true);
  page.on("request", (request) => (request.url().startsWith("data:") ? request.continue() : request.abort()));
  const style = readFileSync(home.resolve("github-markdown-css/github-markdown-light.css"), "utf8");
  // GitHub's frame of a comment: 16 px of padding, on a phone the whole width.
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>${style}
    body { margin: 0; background: #fff } .markdown-body { padding: 16px; box-sizing: border-box; max-width: 980px }</style>
    <article class="markdown-body">${html(markdown)}</article>`);
  return page;
}

/** Draws charts as GitHub does: each fenced block of Mermaid becomes a picture. */
export async function draw(page) {
  await page.addScriptTag({ content: readFileSync(home.resolve("mermaid/dist/mermaid.min.js"), "utf8") });
  return page.evaluate(async () => {
    globalThis.mermaid.initialize({ startOnLoad: false, theme: "default" });
    const faults = [];
    for (const code of document.querySelectorAll("code.language-mermaid")) {
      try {
        const drawn = await globalThis.mermaid.render("chart" + Math.floor(performance.now()), code.textContent);
        code.parentElement.outerHTML = `<div>${drawn.svg}</div>`;
      } catch (fault) {
        faults.push(String(fault));
      }
    }
    return faults;
  });
}
