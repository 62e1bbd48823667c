#!/usr/bin/env node
// Lighthouse's verdict on a built page, as a phone and as a desktop: the medians of the scores, and what keeps them from
// full marks.
//   node lighthouse.mjs FOLDER [--runs 3] [--browser PATH] [--md out.md]
import fs from 'node:fs';
import path from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { Site } from './lib/server.mjs';
import { FLAGS } from './lib/measure.mjs';
import { median } from './lib/report.mjs';

const [folder, ...argv] = process.argv.slice(2);
const opt = (k, d) => { const i = argv.indexOf(k); return i < 0 ? d : argv[i + 1]; };
const runs = +opt('--runs', 3);
const chromePath = opt('--browser', process.env.CHROMIUM || '/usr/bin/chromium');
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const FORMS = { mobile: undefined, desktop: desktopConfig };

async function visit(url, config) {
  const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', ...FLAGS] });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'error' }, config);
    if (lhr.runtimeError) throw new Error(`Lighthouse could not judge the page: ${lhr.runtimeError.message}`);
    return lhr;
  } finally {
    chrome.kill();
  }
}

const site = await new Site(path.resolve(folder)).listen();
const rows = [];
let versions;
for (const [form, config] of Object.entries(FORMS)) {
  const visits = [];
  for (let k = 0; k < runs; k++) {
    visits.push(await visit(`${site.origin}/index.html`, config));
    console.error(`${k + 1}/${runs} Lighthouse ${form}: ${CATEGORIES.map((c) => `${c} ${Math.round(visits.at(-1).categories[c].score * 100)}`).join(', ')}`);
  }
  versions = `Lighthouse ${visits[0].lighthouseVersion} in Chromium ${/Chrome\/(\d+)/.exec(visits[0].environment.hostUserAgent)?.[1]}`;
  const scores = CATEGORIES.map((c) => {
    const all = visits.map((v) => Math.round(v.categories[c].score * 100));
    const [low, high] = [Math.min(...all), Math.max(...all)];
    return `**${median(all)}**${low === high ? '' : ` (${low} to ${high})`}`;
  });
  // An audit's mode tells apart what was judged from what is only told, and from what failed to run.
  const audits = CATEGORIES.flatMap((c) => visits[0].categories[c].auditRefs.map((ref) => ref.id));
  const having = (test) => [...new Set(audits)].filter((id) => visits.some((v) => test(v.audits[id])));
  const below = having((audit) => audit.score !== null && audit.score < 1);
  const broken = having((audit) => audit.scoreDisplayMode === 'error');
  const ids = (list) => list.map((id) => `\`${id}\``).join(', ') || 'none';
  rows.push(`| ${form} | ${scores.join(' | ')} | ${ids(below)} | ${ids(broken)} |`);
}
site.close();

const md = `${versions}, medians of ${runs} runs (lowest to highest where they differ) on the page of the shipped course. Its
throttling is simulated, unlike that of the tables above.

| As | Performance | Accessibility | Best practices | SEO | Audits below full marks in any run | Audits that could not run |
|---|--:|--:|--:|--:|---|---|
${rows.join('\n')}
`;
if (opt('--md')) fs.writeFileSync(opt('--md'), md);
console.log(md);
process.exit(0);
