// Takes a picture of a comment:
//   node bench/comment/picture.mjs COMMENT.md WIDTH PICTURE.png|PICTURE.webp [NUMBER-OF-A-BLOCK-TO-OPEN...]
import { readFileSync } from "node:fs";
import { browser, draw, show } from "./page.mjs";

const [comment, width, picture, ...open] = process.argv.slice(2);
const chromium = await browser();
try {
  const page = await show(chromium, readFileSync(comment, "utf8"), Number(width));
  const faults = await draw(page);
  if (faults.length > 0) {
    throw new Error(faults.join("\n"));
  }
  await page.evaluate((numbers) => {
    const blocks = [...document.querySelectorAll("details")];
    numbers.forEach((number) => (blocks[number - 1].open = true));
  }, open.map(Number));
  const type = picture.endsWith(".webp") ? "webp" : "png";
  await page.screenshot({ path: picture, fullPage: true, type, ...(type === "webp" ? { quality: 60 } : {}) });
} finally {
  await chromium.close();
}
