// Opens every page of a folder as its readers do: on screens from 320 to 1280 pixels, in dark mode,
// with forced colours and on paper. Then plants faults in copies of pages; each must be found.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, sideways, violations } from './browser.mjs';

const WIDE = { width: 1280, height: 900 };
const SMALL = { width: 320, height: 700 };
// A4 less margins of 14 mm, at 96 pixels per inch.
const PAPER = { width: 687, height: 1000 };
const A4 = /MediaBox \[0 0 (594|595)[.\d]* (841|842)[.\d]*\]/;
// A phone and a tablet show what the widest and the narrowest screen show, so that only their width
// is looked at.
const BETWEEN = ['phone', 'tablet'];
// Pages with the largest amounts and the longest texts, whose tables may scroll on a tablet.
const EXTREME = /\/(hostile|large)-/;
const READERS = {
  light: { viewport: WIDE },
  dark: { viewport: SMALL, colorScheme: 'dark' },
  forced: { viewport: WIDE, forcedColors: 'active' },
  small: { viewport: SMALL },
  phone: { viewport: { width: 390, height: 844 } },
  tablet: { viewport: { width: 768, height: 1024 } },
  paper: { viewport: PAPER },
};

const browser = await launch();

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
    for (const fault of await page.evaluate(hiddenFigures, reader === 'paper')) report(fault);
    for (const fault of await sideways(page)) report(fault);
    for (const fault of await page.evaluate(clippedFigures)) report(fault);
    if (reader === 'tablet' && !EXTREME.test(file)) {
      for (const fault of await page.evaluate(scrollingTables)) report(fault);
    }
    for (const fault of await page.evaluate(crossedWords)) report(fault);
    if (reader === 'paper') {
      for (const fault of await page.evaluate(repeatedTotals)) report(fault);
      const paper = await page.pdf({ preferCSSPageSize: true });
      if (!A4.test(paper.toString('latin1'))) report('is not printed on A4');
      if (pictures) writeFileSync(`${pictures}/${basename(file)}.pdf`, paper);
    } else if (!BETWEEN.includes(reader)) {
      for (const fault of await violations(page)) report(fault);
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
    if (cell.closest('.answers') || !scrolls) {
      found.push(`${cell.textContent} is cut off`);
    } else if (matchMedia('(forced-colors: none)').matches
      && !style.backgroundImage.includes('gradient')) {
      found.push(`${cell.textContent} is cut off, and no edge shows it`);
    }
  }
  return found;
}

// Tables that scroll sideways. Runs in the page.
function scrollingTables() {
  const scrollers = [...document.querySelectorAll('.scroller')];
  const scrolling = scrollers.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
  return scrolling.map(({ scrollWidth, clientWidth, textContent }) =>
    `a table is ${scrollWidth} pixels wide in ${clientWidth}: ${textContent.slice(0, 60)}`);
}

// Totals that are printed on each page, as if they were that page's. Runs in the page.
function repeatedTotals() {
  const totals = [...document.querySelectorAll('tfoot')];
  const repeated = totals.filter(total => getComputedStyle(total).display === 'table-footer-group');
  return repeated.map(total => `${total.textContent.slice(0, 60)} is repeated on every page`);
}

// The figures behind a chart: a reader opens them on a screen; on paper they must be visible.
// Runs in the page.
function hiddenFigures(onPaper) {
  const behind = [...document.querySelectorAll('details')];
  if (!onPaper) for (const details of behind) details.open = true;
  const hidden = behind.filter(details => !details.querySelector('table').checkVisibility());
  return hidden.map(details => `${details.textContent.slice(0, 60)} is hidden`);
}

// Words of a chart that touch each other or a line, or are cut off. Runs in the page.
function crossedWords() {
  const found = [];
  for (const chart of document.querySelectorAll('figure svg')) {
    const { width, height } = chart.viewBox.baseVal;
    const words = [...chart.querySelectorAll('text')].map(text => {
      const { x, y, width, height } = text.getBBox();
      // Above and below the letters of a font there is space.
      const box = { left: x, right: x + width, top: y + height / 5, bottom: y + height * 4 / 5 };
      return { name: text.textContent, ...box };
    });
    const areas = [...chart.querySelectorAll('line')].map(line => {
      const [x1, x2, y1, y2] = ['x1', 'x2', 'y1', 'y2'].map(name => line[name].baseVal.value);
      return [x1, y1, x2, y2];
    });
    for (const line of chart.querySelectorAll('polyline')) {
      const points = [...line.points];
      points.slice(1).forEach(({ x, y }, index) => {
        areas.push([points[index].x, points[index].y, x, y]);
      });
    }
    const lines = areas.map(([x1, y1, x2, y2]) => ({
      name: 'a line',
      left: Math.min(x1, x2),
      right: Math.max(x1, x2),
      top: Math.min(y1, y2),
      bottom: Math.max(y1, y2),
    }));
    words.forEach((one, index) => {
      for (const other of [...words.slice(index + 1), ...lines]) {
        if (one.left < other.right && other.left < one.right && one.top < other.bottom
          && other.top < one.bottom) {
          found.push(`${one.name} crosses ${other.name} in a chart`);
        }
      }
      if (one.left < -1 || one.right > width + 1 || one.top < 0 || one.bottom > height) {
        found.push(`${one.name} is cut off in a chart`);
      }
    });
  }
  return found;
}

// Faults to plant: the text to replace and its replacement, in the page named or else in the first,
// and who must find it, if not a phone or paper.
const PLANTS = {
  'an image without a description': [
    '</main>',
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>',
  ],
  'a skipped heading level': ['</main>', '<h6>Too deep</h6></main>'],
  'a line wider than the screen': ['</main>', `<pre>${'W'.repeat(400)}</pre></main>`],
  'a script': ['</main>', '<script>alert(1)</script></main>'],
  'a request': ['</main>', '<img alt="x" src="https://example.org/x.png"></main>'],
  'an inline style': ['<h1 ', '<h1 style="color: red" '],
  'another paper size': ['size: A4', 'size: A5'],
  'an answer that is cut off': [
    '£9,956,790,123.84</span></strong>',
    '£9,956,790,123,840,000,000,000.00</span></strong>',
    'large-released',
  ],
  'words across a line of a chart': [
    '</svg></figure>',
    '<text x="260" y="124">£0</text></svg></figure>',
    'page-february',
  ],
  'words across words of a chart': [
    '>£0</text>',
    '>£0</text><text x="2" y="126">£1</text>',
    'page-february',
  ],
  'a table that scrolls on a tablet': [
    '£4,000.00</td>',
    '£4,000,000,000,000,000,000.00</td>',
    'forecast',
    ['tablet'],
  ],
  'figures that stay hidden': ['<details>', '<details hidden>', 'page-february'],
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
for (const [name, [before, after, where, readers]] of Object.entries(PLANTS)) {
  const sound = readFileSync(where ? `${folder}/${where}.html` : files[0], 'utf8');
  if (!sound.includes(before)) throw new Error(`cannot plant ${name}: the page has no ${before}`);
  writeFileSync('planted.html', sound.replace(before, after));
  const found = await faults('planted.html', readers ?? ['small', 'paper']);
  if (found.length === 0) fail(`${name} is not noticed`);
}
await browser.close();
if (failed) process.exit(1);
console.log(`pages: ${files.length} pages pass on a wide screen, in dark mode, with forced colours,`
  + ' at 320, 390 and 768 pixels and on A4');
