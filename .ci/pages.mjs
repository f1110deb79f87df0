// Looks at every page of a folder as its readers do: on a wide screen, in the dark, with forced colours, on a small
// telephone and on paper. Then plants faults in a copy of one, each of which must be found.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDE = { width: 1280, height: 900 };
const SMALL = { width: 320, height: 700 };
// What A4 leaves between margins of 14 mm, at 96 to the inch.
const PAPER = { width: 687, height: 1000 };
const READERS = {
  light: { viewport: WIDE },
  dark: { viewport: WIDE, colorScheme: 'dark' },
  forced: { viewport: WIDE, forcedColors: 'active' },
  small: { viewport: SMALL },
  telephone: { viewport: { width: 360, height: 800 } },
  paper: { viewport: PAPER },
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

// What is wrong with a page for some readers.
async function faults(file, readers, pictures) {
  const found = [];
  await Promise.all(readers.map(async reader => {
    const context = await browser.newContext(READERS[reader]);
    const page = await context.newPage();
    const say = what => found.push(`${file}, ${reader}: ${what}`);
    page.on('console', message => ['error', 'warning'].includes(message.type()) && say(message.text()));
    page.on('pageerror', error => say(error.message));
    page.on('dialog', dialog => { say('a script ran'); dialog.dismiss(); });
    page.on('request', request => /^(file|data):/.test(request.url()) || say(`asks for ${request.url()}`));
    if (reader === 'paper') await page.emulateMedia({ media: 'print' });
    await page.goto(pathToFileURL(resolve(file)).href);
    const [is, may] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    if (is > may) say(`is ${is} wide, and may be ${may}`);
    for (const figure of await page.evaluate(cut)) say(figure);
    if (reader === 'paper') {
      const paper = await page.pdf({ preferCSSPageSize: true });
      if (!/MediaBox \[0 0 (594|595)[.\d]* (841|842)[.\d]*\]/.test(paper.toString('latin1'))) say('is not printed on A4');
      if (pictures) writeFileSync(`${pictures}/${file.replace(/.*\//, '')}.pdf`, paper);
    } else {
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(tags => axe.run({ runOnly: tags }), TAGS);
      for (const { id, help, nodes } of violations) say(`${id}: ${help}: ${nodes[0].html.slice(0, 200)}`);
    }
    if (pictures) await page.screenshot({ path: `${pictures}/${file.replace(/.*\//, '')}-${reader}.png`, fullPage: true });
    await context.close();
  }));
  return found;
}

// Which figures a reader sees a part of and takes for the whole: an answer is seen at once, any other figure at least
// where the rows can be moved and their edge shows it. Runs in the page.
function cut() {
  const found = [];
  const paper = matchMedia('print').matches;
  for (const cell of document.querySelectorAll('th, td, .whole')) {
    if (!/£/.test(cell.textContent)) continue;
    const words = document.createRange();
    words.selectNodeContents(cell);
    const { left, right } = words.getBoundingClientRect();
    const scroller = cell.closest('.scroller');
    const [from, to] = scroller ? [scroller.getBoundingClientRect().left, scroller.getBoundingClientRect().right] : [0, innerWidth];
    if (from - 1 <= left && right <= to + 1) continue;
    const style = scroller && getComputedStyle(scroller);
    const moves = scroller && !paper && style.overflowX === 'auto' && scroller.scrollWidth > scroller.clientWidth;
    if (cell.closest('.large') || !moves) found.push(`${cell.textContent} is cut`);
    else if (matchMedia('(forced-colors: none)').matches && !style.backgroundImage.includes('gradient')) found.push(`${cell.textContent} is cut, and no edge shows it`);
  }
  return found;
}

// A fault, and where it is put in a page that has none: in the first of all, or in the one of that name.
const PLANTS = {
  'a picture without words': ['</main>', '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>'],
  'a heading that is left out': ['</main>', '<h4>After nothing</h4></main>'],
  'a line wider than the screen': ['</main>', `<pre>${'W'.repeat(400)}</pre></main>`],
  'a script': ['</main>', '<script>alert(1)</script></main>'],
  'a request': ['</main>', '<img alt="x" src="https://example.org/x.png"></main>'],
  'a style of its own': ['<h1 ', '<h1 style="color: red" '],
  'another paper': ['size: A4', 'size: A5'],
  'an answer that is cut': ['£9,956,790,123.84</td>', '£9,956,790,123,840,000,000,000.00</td>', 'large-released'],
};

const [folder, pictures] = process.argv.slice(2);
if (pictures) mkdirSync(pictures, { recursive: true });
const files = readdirSync(folder).filter(name => name.endsWith('.html')).sort().map(name => `${folder}/${name}`);
if (files.length === 0) throw new Error(`${folder} has no page`);
let wrong = 0;
for (const file of files) for (const fault of await faults(file, Object.keys(READERS), pictures)) wrong += 1, console.error(`pages: ${fault}`);
for (const [name, [before, after, where]] of Object.entries(PLANTS)) {
  const sound = readFileSync(where ? `${folder}/${where}.html` : files[0], 'utf8');
  if (!sound.includes(before)) throw new Error(`no place to plant ${name}`);
  writeFileSync('planted.html', sound.replace(before, after));
  if ((await faults('planted.html', ['small', 'paper'])).length === 0) wrong += 1, console.error(`pages: ${name} is not noticed`);
}
await browser.close();
if (wrong > 0) process.exit(1);
console.log(`pages: ${files.length} pages are sound on a wide screen, in the dark, with forced colours, at 320 and 360 pixels and on A4`);
