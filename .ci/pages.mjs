// Opens every page of a folder as its readers do: on a wide screen, in dark mode, with forced
// colours, on two phones and on paper. Then plants faults in copies of pages; each must be found.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDE = { width: 1280, height: 900 };
const SMALL = { width: 320, height: 700 };
// A4 less margins of 14 mm, at 96 pixels per inch.
const PAPER = { width: 687, height: 1000 };
const A4 = /MediaBox \[0 0 (594|595)[.\d]* (841|842)[.\d]*\]/;
const READERS = {
  light: { viewport: WIDE },
  dark: { viewport: WIDE, colorScheme: 'dark' },
  forced: { viewport: WIDE, forcedColors: 'active' },
  small: { viewport: SMALL },
  phone: { viewport: { width: 360, height: 800 } },
  paper: { viewport: PAPER },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

// The faults of a page, for each of some readers.
async function faults(file, readers, pictures) {
  const found = [];
  await Promise.all(readers.map(async reader => {
    const context = await browser.newContext(READERS[reader]);
    const page = await context.newPage();
    const report = what => found.push(`${file}, ${reader}: ${what}`);
    page.on('console', message => {
      if (['error', 'warning'].includes(message.type())) report(message.text());
    });
    page.on('pageerror', error => report(error.message));
    page.on('dialog', dialog => { report('a script ran'); dialog.dismiss(); });
    page.on('request', request => {
      if (!/^(file|data):/.test(request.url())) report(`requests ${request.url()}`);
    });
    if (reader === 'paper') await page.emulateMedia({ media: 'print' });
    await page.goto(pathToFileURL(resolve(file)).href);
    const [width, limit] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return [scrollWidth, clientWidth];
    });
    if (width > limit) report(`is ${width} pixels wide, the screen ${limit}`);
    for (const fault of await page.evaluate(clippedFigures)) report(fault);
    if (reader === 'paper') {
      const paper = await page.pdf({ preferCSSPageSize: true });
      if (!A4.test(paper.toString('latin1'))) report('is not printed on A4');
      if (pictures) writeFileSync(`${pictures}/${basename(file)}.pdf`, paper);
    } else {
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(tags => axe.run({ runOnly: tags }), TAGS);
      for (const { id, help, nodes } of violations) {
        report(`${id}: ${help}: ${nodes[0].html.slice(0, 200)}`);
      }
    }
    if (pictures) {
      const path = `${pictures}/${basename(file)}-${reader}.png`;
      await page.screenshot({ path, fullPage: true });
    }
    await context.close();
  }));
  return found;
}

// Figures that are cut off without the reader noticing. An answer must be visible at once; any
// other figure may be out of sight in rows that scroll, if a shaded edge shows that they do.
// Runs in the page.
function clippedFigures() {
  const found = [];
  const paper = matchMedia('print').matches;
  for (const cell of document.querySelectorAll('th, td, .whole')) {
    if (!/£/.test(cell.textContent)) continue;
    const words = document.createRange();
    words.selectNodeContents(cell);
    const { left, right } = words.getBoundingClientRect();
    const scroller = cell.closest('.scroller');
    const visible = scroller ? scroller.getBoundingClientRect() : { left: 0, right: innerWidth };
    if (visible.left - 1 <= left && right <= visible.right + 1) continue;
    const style = scroller && getComputedStyle(scroller);
    const scrolls = scroller && !paper && style.overflowX === 'auto'
      && scroller.scrollWidth > scroller.clientWidth;
    if (cell.closest('.large') || !scrolls) {
      found.push(`${cell.textContent} is cut off`);
    } else if (matchMedia('(forced-colors: none)').matches
      && !style.backgroundImage.includes('gradient')) {
      found.push(`${cell.textContent} is cut off, and no edge shows it`);
    }
  }
  return found;
}

// Faults to plant: the text to replace and its replacement, in the page named or else in the first.
const PLANTS = {
  'an image without a description': [
    '</main>',
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>',
  ],
  'a skipped heading level': ['</main>', '<h4>Too deep</h4></main>'],
  'a line wider than the screen': ['</main>', `<pre>${'W'.repeat(400)}</pre></main>`],
  'a script': ['</main>', '<script>alert(1)</script></main>'],
  'a request': ['</main>', '<img alt="x" src="https://example.org/x.png"></main>'],
  'an inline style': ['<h1 ', '<h1 style="color: red" '],
  'another paper size': ['size: A4', 'size: A5'],
  'an answer that is cut off': [
    '£9,956,790,123.84</td>',
    '£9,956,790,123,840,000,000,000.00</td>',
    'large-released',
  ],
};

const [folder, pictures] = process.argv.slice(2);
if (pictures) mkdirSync(pictures, { recursive: true });
const names = readdirSync(folder).filter(name => name.endsWith('.html')).sort();
const files = names.map(name => `${folder}/${name}`);
if (files.length === 0) throw new Error(`there are no pages in ${folder}`);
let failed = false;
function fail(what) {
  failed = true;
  console.error(`pages: ${what}`);
}
for (const file of files) {
  for (const fault of await faults(file, Object.keys(READERS), pictures)) fail(fault);
}
for (const [name, [before, after, where]] of Object.entries(PLANTS)) {
  const sound = readFileSync(where ? `${folder}/${where}.html` : files[0], 'utf8');
  if (!sound.includes(before)) throw new Error(`cannot plant ${name}: the page has no ${before}`);
  writeFileSync('planted.html', sound.replace(before, after));
  const found = await faults('planted.html', ['small', 'paper']);
  if (found.length === 0) fail(`${name} is not noticed`);
}
await browser.close();
if (failed) process.exit(1);
console.log(`pages: ${files.length} pages pass on a wide screen, in dark mode, with forced colours,`
  + ' at 320 and 360 pixels and on A4');
