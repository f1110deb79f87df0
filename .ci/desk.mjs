// Keeps a first year at the desk as an officer does, compares the record with that of the command
// line, and looks at every screen. Then plants faults in a screen; each must be found.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { launch, sideways, violations } from './browser.mjs';

const [crg, transcript, pictures] = process.argv.slice(2);
const WIDTHS = [1280, 320];
const SCHEMES = ['light', 'dark'];
// What a person who records in the desk would be refused, as in the transcript.
const REFUSED = 'more than project P03 has left';

if (pictures) mkdirSync(pictures, { recursive: true });
const browser = await launch();
let failed = false;
function fail(what) {
  failed = true;
  console.error(`desk: ${what}`);
}

// Runs a command on the book of a folder at a moment.
function run(folder, now, words) {
  const env = { PATH: process.env.PATH, CRG_NOW: now, CRG_BY: 'KCST', CRG_DB: 'crg.db' };
  return execFileSync(crg, words, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' });
}

// The words of a command, as a shell splits them.
function split(command) {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
}

// The commands of the transcript with their moments.
function commands() {
  let now;
  const lines = readFileSync(transcript, 'utf8').split('\n').filter(line => line.startsWith('$ '));
  return lines.map(line => split(line.slice(2))).flatMap(words => {
    if (words[0] !== 'clock') return [{ now, words: words.slice(1) }];
    [, now] = words;
    return [];
  });
}

// A desk on the book of a folder, in a browser that runs no script.
class Desk {
  static async open(folder, now, options = []) {
    const desk = new Desk();
    const env = { PATH: process.env.PATH, CRG_NOW: now, CRG_BY: 'KCST', CRG_DB: 'crg.db' };
    desk.process = spawn(crg, ['serve', ...options], { cwd: folder, env });
    const lines = createInterface({ input: desk.process.stdout });
    let address;
    for await (const line of lines) {
      if (line.startsWith('http://')) { address = line; break; }
    }
    desk.context = await browser.newContext({ javaScriptEnabled: false });
    desk.context.setDefaultTimeout(10_000);
    desk.page = await desk.context.newPage();
    desk.page.on('request', request => {
      if (!request.url().startsWith('http://127.0.0.1:')) fail(`requests ${request.url()}`);
    });
    await desk.page.goto(address);
    return desk;
  }

  async close() {
    await this.context.close();
    const ended = new Promise(resolve => this.process.once('exit', resolve));
    this.process.kill('SIGINT');
    await ended;
  }

  // Clicks on what leads to another page, and waits for that page.
  async click(target) {
    await Promise.all([this.page.waitForNavigation(), target.click()]);
  }

  async press(name) {
    await this.click(this.page.getByRole('button', { name, exact: true }));
  }

  async go(screen) {
    await this.click(this.page.getByRole('navigation').getByRole('link', { name: screen, exact: true }));
    await this.look();
  }

  // Follows the first link of the page whose address begins so.
  async follow(address) {
    const link = this.page.locator(`main a[href^="${address}"]`).first();
    const folded = this.page.locator('details', { has: link });
    if (await folded.count() > 0 && !await link.isVisible()) await folded.locator('summary').click();
    await this.click(link);
    await this.look();
  }

  // Fills in fields by their names.
  async type(values) {
    for (const [name, text] of Object.entries(values)) {
      const field = this.page.locator(`[name="${name}"]:visible`);
      const tag = await field.first().evaluate(element => element.tagName);
      await (tag === 'SELECT' ? field.selectOption(text) : field.fill(text));
    }
  }

  // Checks the form, and records it unless it is refused.
  async record(values) {
    await this.type(values);
    await this.press('Check');
    await this.look();
    const problem = this.page.locator('.summary');
    if (await problem.count() > 0) {
      const words = await problem.innerText();
      if (!words.includes(REFUSED)) throw new Error(words);
      return;
    }
    await this.press('Record');
    await this.look();
    if (await this.page.locator('h1').innerText() !== 'Recorded') {
      throw new Error(await this.page.locator('main').innerText());
    }
  }

  // Keeps what the screen shows, to be looked at later: once for each kind of screen.
  async look() {
    const { pathname, searchParams } = new URL(this.page.url());
    const title = await this.page.title();
    const kinds = this.page.locator('input[name=kind]');
    const kind = await kinds.count() > 0 ? await kinds.first().getAttribute('value') : null;
    const problem = await this.page.locator('.summary').count() > 0 ? 'problem' : '';
    const check = title.startsWith('Check') ? 'check' : '';
    const name = [pathname.slice(1) || 'today', searchParams.get('name'), kind, check, problem];
    const key = name.filter(Boolean).join('-').replaceAll('/', '-');
    if (!screens.has(key)) screens.set(key, await this.page.content());
  }
}
const screens = new Map();

// The options of a command after its plain words.
function parted(words) {
  const first = words.findIndex(word => word.startsWith('--'));
  const plain = first < 0 ? words : words.slice(0, first);
  const options = {};
  for (let at = first; at >= 0 && at < words.length; at += 2) {
    options[words[at].slice(2)] = words[at + 1];
  }
  delete options.year;
  return { plain, options };
}

const QUESTIONS = ['status', 'pot', 'check', 'project list', 'year show'];
const DECISIONS = ['recommend', 'decline', 'endorse', 'submit', 'approve', 'reject'];

// Does at the desk what a command does.
async function keep(desk, words) {
  const { plain, options } = parted(words);
  const [group, verb, ...rest] = plain;
  const projects = rest.map(word => word.split('='));
  if (group === 'year' && verb === 'open') {
    await desk.go('Today');
    await desk.follow('/open');
    await desk.record({ year: rest[0], ...options });
  } else if (group === 'year' && verb === 'return') {
    await desk.go('Year');
    await desk.follow('/return');
    await desk.record(options);
  } else if (group === 'year') {
    await desk.go('Year');
    await desk.follow(`/enter?kind=${verb}`);
    const amount = rest.length > 1 ? { amount: rest[1] } : {};
    await desk.record({ ...amount, ...options });
  } else if (group === 'project' && verb === 'propose') {
    await desk.go('Projects');
    await desk.follow('/enter?kind=propose');
    await desk.record({ project: rest[0], ...options });
  } else if (group === 'project' && verb === 'move') {
    const [from, to, amount] = rest;
    await desk.go('Projects');
    await desk.follow(`/project?project=${from}`);
    await desk.follow('/move');
    await desk.record({ to, amount, ...options });
  } else if (group === 'project' && DECISIONS.includes(verb) && await waits(desk, projects)) {
    const { note, ...others } = options;
    const decided = projects.flatMap(([project, amount]) => [
      [`decision-${project}`, verb],
      ...(amount ? [[`amount-${project}`, amount]] : []),
      ...(note ? [[`note-${project}`, note]] : []),
    ]);
    await desk.record({ ...Object.fromEntries(decided), ...others });
  } else if (group === 'project') {
    for (const [project, amount] of projects) {
      await desk.go('Projects');
      await desk.follow(`/project?project=${project}`);
      await desk.follow(`/enter?kind=${verb}`);
      await desk.record({ ...(amount ? { amount } : {}), ...options });
    }
  } else if (group === 'spend') {
    await desk.go('Spend');
    await desk.follow(`/enter?kind=${verb === 'add' ? 'spend' : verb}`);
    await desk.record({ project: rest[0], amount: rest[1], ...options });
  } else if (group === 'correct' || group === 'reverse') {
    await desk.go('Record');
    await desk.follow(`/entry?entry=${verb}`);
    await desk.follow(`/${group}?`);
    await desk.record(options);
  } else {
    throw new Error(`${words.join(' ')} has no screen`);
  }
}

// Opens the meeting, and says whether all projects wait there.
async function waits(desk, projects) {
  await desk.go('Meeting');
  for (const [project] of projects) {
    if (await desk.page.locator(`[name="decision-${project}"]`).count() === 0) return false;
  }
  return true;
}

// Keeps the year of the transcript at the desk and on the command line, and compares the records.
async function keepTheYear() {
  mkdirSync('desk');
  mkdirSync('command');
  let desk, moment, recorded = 0;
  for (const { now, words } of commands()) {
    if (words[0] === 'project' && words[1] === 'list') cpSync('desk', 'later', { recursive: true });
    const isQuestion = QUESTIONS.some(question => words.join(' ').startsWith(question));
    if (isQuestion) continue;
    try {
      run('command', now, words);
    } catch (error) {
      if (!String(error.stderr).includes(REFUSED)) throw error;
    }
    if (words[0] === 'init') {
      run('desk', now, words);
      continue;
    }
    if (now !== moment) {
      await desk?.close();
      desk = await Desk.open('desk', now);
      moment = now;
    }
    await keep(desk, words).catch(error => {
      throw new Error(`${words.join(' ')}: ${error.message}`);
    });
    recorded += 1;
  }
  for (const screen of ['Today', 'Projects', 'Meeting', 'Spend', 'Year', 'Reports', 'Record', 'Health']) {
    await desk.go(screen);
  }
  const journals = ['desk', 'command'].map(folder => {
    run(folder, moment, ['dump', 'dumped']);
    return readFileSync(`${folder}/dumped/entries.csv`, 'utf8').split('\n');
  });
  const [typed, commanded] = journals;
  const length = Math.max(typed.length, commanded.length);
  for (let row = 0; row < length; row += 1) {
    if (typed[row] !== commanded[row]) {
      fail(`entry ${row} at the desk is ${typed[row]}, on the command line ${commanded[row]}`);
    }
  }
  await desk.close();
  return { recorded, entries: typed.length - 2 };
}

// Imports a ledger: a payment that is new, one that the book has and one that resembles another.
async function importLedger(desk) {
  const ledger = [
    'Date,Net amount,Supplier,Number,Cost code',
    '01/08/2025,1200.00,Example Print Ltd,INV-3107,A1',
    '12/03/2026,75.00,Example Print Ltd,INV-3299,A1',
    '09/09/2025,1450.75,Example Print,INV-3162,A1',
    '10/09/2025,10.00,Somebody Else,X-1,B2',
  ].join('\r\n');
  await desk.go('Spend');
  await desk.follow('/import');
  await desk.press('Send the file');
  await desk.look();
  const file = { name: 'ledger.csv', mimeType: 'text/csv', buffer: Buffer.from(ledger) };
  await desk.page.locator('input[type=file]').setInputFiles(file);
  await desk.press('Send the file');
  await desk.look();
  await desk.page.getByLabel('Project of code A1').selectOption('P01');
  await desk.page.getByLabel('Project of code B2').selectOption('outside');
  await desk.press('See the lines');
  await desk.look();
  await desk.record({});
  const words = await desk.page.locator('main').innerText();
  if (!/Recorded as entry/.test(words)) fail(`an import says ${words}`);
}

// Enters a payment with the keyboard alone: Tab, Enter and letters.
async function keyboardOnly(desk) {
  const { page } = desk;
  const focused = () => page.evaluate(() => {
    const { tagName, name, textContent } = document.activeElement;
    return { tagName, name, text: textContent.trim() };
  });
  const tabTo = async is => {
    for (let presses = 0; presses < 200; presses += 1) {
      await page.keyboard.press('Tab');
      const element = await focused();
      if (is(element)) return;
    }
    throw new Error(`the keyboard does not reach ${is}`);
  };
  await desk.go('Today');
  await tabTo(({ text }) => text === 'Spend');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/spend*');
  await tabTo(({ text }) => text === 'Record spend');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/enter*');
  await tabTo(({ name }) => name === 'project');
  await page.keyboard.type('P01');
  await tabTo(({ name }) => name === 'amount');
  await page.keyboard.type('12.50');
  await tabTo(({ name }) => name === 'supplier');
  await page.keyboard.type('Keys Ltd');
  await tabTo(({ name }) => name === 'reference');
  await page.keyboard.type('K-1');
  await tabTo(({ text }) => text === 'Check');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await tabTo(({ tagName, text }) => tagName === 'BUTTON' && text === 'Record');
  await Promise.all([page.waitForURL('**/recorded*'), page.keyboard.press('Enter')]);
  const words = await page.locator('main').innerText();
  if (!words.includes('£12.50')) fail(`the keyboard recorded ${words}`);
}

// Goes back from a check, from what was recorded and on again; nothing typed is lost, and the
// payment is recorded once.
async function backAndForth(desk) {
  const { page } = desk;
  const amount = () => page.locator('[name=amount]:visible').inputValue();
  await desk.go('Spend');
  await desk.follow('/enter?kind=spend');
  await desk.type({ project: 'P01', amount: '1.25', supplier: 'Twice Ltd' });
  await desk.press('Check');
  await page.goBack();
  if (await amount() !== '1.25') fail('Back from a check leads to an empty form');
  await desk.type({ amount: 'a lot' });
  await desk.press('Check');
  await page.goBack();
  if (await amount() !== 'a lot') fail('Back from a refusal leads to another form');
  await page.goForward();
  await desk.type({ amount: '1.50' });
  await desk.press('Check');
  await desk.press('Record');
  const recorded = page.url();
  await page.goBack();
  await page.reload();
  await desk.press('Record');
  if (page.url() !== recorded) fail(`what was recorded is recorded again: ${page.url()}`);
  await page.goBack();
  await page.goBack();
  if (await amount() !== '1.50') fail('Back from what was recorded leads to another form');
}

// The faults of a screen, on wide and narrow screens, by day and night.
async function faults(html, picture) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const found = [];
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) found.push(message.text());
  });
  await page.route('**/*', route => route.request().resourceType() === 'document'
    ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
    : route.abort());
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('http://desk.test/');
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      // Night changes nothing but colours.
      const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined;
      const seen = [...await violations(page, rules), ...await sideways(page)];
      found.push(...seen.map(fault => `${width}, ${colorScheme}: ${fault}`));
      if (picture) await page.screenshot({ path: `${picture}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await context.close();
  return found;
}

// Faults to plant in the first form.
const PLANTS = {
  'a field without a label': [/<label for="field-on">/, '<label>'],
  'a pale hint': ['<p class="hint"', '<p class="hint" style="color: #ccc"'],
  'a line wider than the screen': ['</form>', `<pre>${'W'.repeat(400)}</pre></form>`],
  'a second main part': ['</main>', '</main><main>x</main>'],
};

const { recorded, entries } = await keepTheYear();
// The book as it was before the end of the year.
const desk = await Desk.open('later', '2026-03-30T10:00:00Z');
await importLedger(desk);
await keyboardOnly(desk);
await backAndForth(desk);
await desk.close();
const waiting = [...screens];
const look = async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, html] = next;
    const picture = pictures && `${pictures}/${name}`;
    for (const fault of await faults(html, picture)) fail(`${name}, ${fault}`);
  }
};
await Promise.all([look(), look()]);
const form = [...screens].find(([name]) => name.includes('spend') && name.startsWith('enter'))[1];
for (const [name, [before, after]] of Object.entries(PLANTS)) {
  const planted = form.replace(before, after);
  if (planted === form) throw new Error(`cannot plant ${name}`);
  if ((await faults(planted)).length === 0) fail(`${name} is not noticed`);
}
await browser.close();
if (failed) process.exit(1);
console.log(`desk: ${recorded} commands done at the desk give the same ${entries} entries; `
  + `${screens.size} screens pass at ${WIDTHS.join(' and ')} pixels, light and dark`);
