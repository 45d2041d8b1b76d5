// Renders comments by a real renderer and looks at what would act in them: links elsewhere, images, scripts, mentions,
// references, forged blocks. One line for each finding, exit 1 where there is one.
//   node bench/comment/inert.mjs COMMENT.md...
import { readFileSync } from "node:fs";
import { browser, draw, show } from "./page.mjs";

const looked = () => {
  const found = [];
  const article = document.querySelector("article");
  for (const element of article.querySelectorAll("img, picture, video, script, iframe, form, style, object, embed, base")) {
    found.push(`<${element.tagName.toLowerCase()}>`);
  }
  for (const link of article.querySelectorAll("a")) {
    if (!link.href.startsWith("https://github.com/octo/repo/")) {
      found.push(`a link to ${link.href}`);
    }
  }
  for (const block of article.querySelectorAll("details")) {
    if (block.children[0]?.tagName !== "SUMMARY" || block.querySelectorAll("summary").length !== 1) {
      found.push("a block within a block");
    }
  }
  const text = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (text.nextNode()) {
    const words = text.currentNode.data;
    if (!text.currentNode.parentElement.closest("code, pre, a") && /[@]\w|\bGH-\d|#\d|https?:|<!--/.test(words)) {
      found.push(`outside of code: ${words.trim().slice(0, 80)}`);
    }
  }
  const comments = document.createTreeWalker(article, NodeFilter.SHOW_COMMENT);
  let markers = 0;
  while (comments.nextNode()) {
    markers++;
  }
  if (markers > 1) {
    found.push(`${markers} hidden comments`);
  }
  if (article.querySelectorAll("table").length > 1) {
    found.push("more than one table");
  }
  return found;
};

const chromium = await browser();
let findings = 0;
try {
  for (const file of process.argv.slice(2)) {
    const page = await show(chromium, readFileSync(file, "utf8"), 980);
    const found = [...(await page.evaluate(looked)), ...(await draw(page))];
    found.forEach((finding) => console.log(`${file}: ${finding}`));
    findings += found.length;
    await page.close();
  }
} finally {
  await chromium.close();
}
console.log(`${process.argv.length - 2} comments, ${findings} findings`);
process.exit(findings === 0 ? 0 : 1);
