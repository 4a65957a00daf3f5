// Makes docs/screenshots/*.png and docs/screenshots.md from seeds/: `npm run screenshots` after `cargo build`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = process.env.FACTLINT ?? join(root, 'target/debug/factlint');
const folder = join(root, 'docs/screenshots');
const most = 150_000;
mkdirSync(folder, { recursive: true });
const desk = mkdtempSync(join(tmpdir(), 'factlint-pictures-'));

const run = (...args) => {
  const { stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  return (stdout + stderr).trimEnd().replaceAll(desk + '/', '');
};
for (const lang of ['zh', 'en']) {
  execFileSync(program, ['check', 'seeds', '--ui-lang', lang, '--out', `html=${join(desk, lang)}.html`, '--fail-on', 'never'], { cwd: root });
}

const browser = await launch();
async function picture(name, lang, { width = 1000, height = 640, scheme = 'light', media = 'screen', keys = [], note = '' } = {}) {
  const page = await browser.context.newPage();
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: scheme, media });
  await page.goto(pathToFileURL(join(desk, `${lang}.html`)).href);
  for (const key of keys) await page.keyboard.press(key);
  if (note !== '') await page.keyboard.type(note);
  await page.waitForTimeout(200);
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  await page.evaluate(() => localStorage.clear());
  await page.close();
  const { size } = statSync(file);
  if (size > most) throw new Error(`${name}.png has ${size} bytes; at most ${most}`);
  return `![${name}](screenshots/${name}.png)`;
}

const pictures = {
  first: await picture('review', 'zh', { height: 720 }),
  decide: await picture('decide', 'zh', { keys: ['j', '1', 'j', '2', 'n'], note: '两次问卷，口径不同' }),
  evidence: await picture('evidence-dark', 'en', { scheme: 'dark', height: 760, keys: ['j', 'j', 'o'] }),
  phone: await picture('telephone', 'zh', { width: 375, height: 720 }),
  keys: await picture('keys', 'en', { height: 700, keys: ['?'] }),
  print: await picture('print', 'zh', { width: 720, height: 900, media: 'print' }),
};
await browser.close();

// A decision taken over: the second finding of the English page, both right.
const data = readFileSync(join(desk, 'en.html'), 'utf8').split('id=data>')[1].split('</script>')[0];
const finding = JSON.parse(data).findings[1];
const { fingerprint, check, message, sides } = finding;
const decision = { fingerprint, check, message, decision: 'both-right', note: '两次问卷，口径不同', sides };
writeFileSync(join(desk, 'decisions.json'), JSON.stringify({ version: 1, tool: 'factlint', decisions: [decision] }));
const applied = run('baseline', 'apply', join(desk, 'decisions.json'), 'seeds/02-import-service.txt', 'seeds/03-import-brief.md', '--baseline', join(desk, 'factlint-baseline.json'));
const text = run('--ui-lang', 'zh', 'check', 'seeds/01-jiangsu-branch.txt', 'seeds/13-harbour-launch.txt', 'seeds/14-harbour-followup.txt');
const kept = readFileSync(join(desk, 'factlint-baseline.json'), 'utf8').trimEnd();
rmSync(desk, { recursive: true, force: true });

writeFileSync(join(root, 'docs/screenshots.md'), `# Pictures and real output

Made by \`npm run screenshots\` in \`tests/browser\` from the articles under \`seeds/\`; nothing here is written by hand.

## The review page

\`factlint --ui-lang zh check seeds --out html=review.html\`

${pictures.first}

A side decided, a note on the next finding (\`j\` \`1\` \`j\` \`2\` \`n\`):

${pictures.decide}

The evidence of a finding, English, in the dark:

${pictures.evidence}

On a telephone:

${pictures.phone}

The keys:

${pictures.keys}

On paper, with boxes to tick:

${pictures.print}

How to read it and what becomes of a decision: [the review page](review-page.md).

## In a terminal

\`factlint --ui-lang zh check seeds/01-jiangsu-branch.txt seeds/13-harbour-launch.txt seeds/14-harbour-followup.txt\`

\`\`\`text
${text}
\`\`\`

## Decisions taken over

\`factlint baseline apply decisions.json seeds/02-import-service.txt seeds/03-import-brief.md\`

\`\`\`text
${applied}
\`\`\`

What stands in \`factlint-baseline.json\` now:

\`\`\`json
${kept}
\`\`\`
`);
