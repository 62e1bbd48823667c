#!/usr/bin/env node
// How Kurso bears growth: the same measurements on built pages of courses of different sizes. A folder is named for its
// number of modules and holds an index.html; the first is what the others are compared with.
//   node growth.mjs FOLDER... [--runs 5] [--profiles desktop,mobile] [--browser PATH] [--json out.json] [--md out.md]
import fs from 'node:fs';
import path from 'node:path';
import { Site } from './lib/server.mjs';
import { run, stop } from './lib/measure.mjs';
import { machine } from './lib/machine.mjs';
import { setting, spread, ratio, ms, kb, mb } from './lib/report.mjs';

for (const s of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(s, () => { stop.asked = true; stop.now(); setTimeout(() => process.exit(130), 800); });

const argv = process.argv.slice(2);
const firstOption = argv.findIndex((a) => a.startsWith('--'));
const folders = argv.slice(0, firstOption < 0 ? argv.length : firstOption);
const opt = (k, d) => { const i = argv.indexOf(k); return i < 0 ? d : argv[i + 1]; };
const runs = +opt('--runs', 5);
const profiles = opt('--profiles', 'desktop,mobile').split(',');
const browserPath = opt('--browser', process.env.CHROMIUM || '/usr/bin/chromium');
if (!folders.length) { console.error('name the folders of the built pages to measure'); process.exit(2); }

// The first question of a page that has radio buttons, and the step that holds it.
function firstQuestion(html, folder) {
  const radios = [...html.matchAll(/<input\b[^>]*\btype="radio"[^>]*>/g)].map(([tag]) => ({ tag, name: /\bname="([^"]*)"/.exec(tag)?.[1], value: /\bvalue="([^"]*)"/.exec(tag)?.[1] }));
  // Radio buttons that are not of an exercise, such as those for the theme, have names of another form.
  const first = radios.find((r) => /^(choice|item)_/.test(r.name));
  const second = radios.find((r) => r.name === first?.name && r.value !== first.value);
  if (!second) throw new Error(`${folder}/index.html holds no question with two radio buttons: build it from a course that has one`);
  const before = html.slice(0, html.indexOf(first.tag));
  const step = [...before.matchAll(/<section\b[^>]*\bid="(\/[^"]+)"/g)].at(-1)?.[1] ?? '';
  const radio = (r) => `input[name="${r.name}"][value="${r.value}"]`;
  return {
    path: `/index.html${step && `#${step}`}`,
    ready: { click: radio(first), changed: `${radio(first)}:checked`, changedHidden: true, see: `label:has(${radio(first)})`, running: `kurso-player >>> label:has(${radio(first)})`, storage: true },
    search: { hash: '#/glossary', box: 'kurso-player >>> input[type=search]', word: 'key' },
    answer: [{ click: `kurso-player >>> label:has(${radio(second)})`, expect: `kurso-player >>> ${radio(second)}:checked`, expectHidden: true }],
  };
}

// Compressing ahead takes a while for a page of many megabytes, and would be counted as the network's time.
const files = (folder, under = '') => fs.readdirSync(path.join(folder, under), { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? files(folder, `${under}/${e.name}`) : [`${under}/${e.name}`]));

const sizes = [];
for (const folder of folders) {
  const html = fs.readFileSync(path.join(folder, 'index.html'), 'utf8');
  const peer = { name: path.basename(path.resolve(folder)), timeout: 300000, ...firstQuestion(html, folder) };
  const site = await new Site(folder, { isolated: true }).listen();
  site.warm(files(folder));
  sizes.push({ peer, site, exercises: html.split(' data-exercise="').length - 1 });
}

const out = { started: new Date().toISOString(), machine, protocol: 'http/1.1', runs, profiles, results: [] };
// One visit that is not counted fills the operating system's file cache.
for (const { peer, site } of sizes) out.version = (await run({ peer, profile: profiles[0], site, browserPath })).version;
for (let k = 0; k < runs; k++) {
  for (const profile of profiles) {
    for (const { peer, site } of sizes) {
      const r = await run({ peer, profile, site, browserPath });
      const [{ storage }] = r.steps;
      out.results.push({ ...r, size: peer.name, profile, round: k, saving: storage?.ms, saved: storage?.writes ? storage.bytes : undefined });
      console.error(`${k + 1}/${runs} ${profile} ${peer.name} modules: answerable ${Math.round(r.answerable)} running ${Math.round(r.running)} paint ${Math.round(r.paint)}${r.ok ? '' : ' ANSWER FAILED'}`);
      if (opt('--json')) fs.writeFileSync(opt('--json'), JSON.stringify(out, null, 1));
    }
  }
}
sizes.forEach(({ site }) => site.close());

const of = (size, profile) => out.results.filter((r) => r.size === size.peer.name && (!profile || r.profile === profile));
const [floor] = sizes;
const rows = [setting(out), '', '### What is sent on a first visit', '', '| Modules | Exercises | Requests | Wire KiB (br) | Decoded KiB | wasm KiB | html KiB |', '|--:|--:|--:|--:|--:|--:|--:|'];
for (const size of sizes) {
  const [[r], [f]] = [of(size), of(floor)];
  const compared = (get) => `${kb(get(r))} (${ratio(get(r), get(f))})`;
  rows.push(`| ${size.peer.name} | ${size.exercises} | ${r.requests} | ${compared((x) => x.wire)} | ${compared((x) => x.decoded)} | ${compared((x) => x.kinds.wasm?.decoded)} | ${compared((x) => x.kinds.html?.decoded)} |`);
}
const COLUMNS = [
  ['fcp', 'FCP ms', ms], ['answerable', 'Answerable ms', ms], ['running', 'Player runs ms', ms], ['tbt', 'TBT ms', ms], ['paint', 'Option to next paint ms', ms], ['saving', 'Saving an answer ms', (x) => x.toFixed(2)], ['saved', 'Saved bytes', (x) => x.toFixed(0)], ['search', 'Search ms', (x) => x.toFixed(1)], ['heap', 'Heap MiB after GC', mb], ['heapAll', 'incl. buffers MiB', mb], ['rendererPrivate', 'Renderer private MiB', mb],
];
for (const profile of profiles) {
  rows.push('', `### ${profile}, by modules (min / median / max; ratio of medians to ${floor.peer.name} module)`, '', `| Modules | ${COLUMNS.map(([, title]) => title).join(' | ')} | Answers ok |`, `|--:|${COLUMNS.map(() => '--:|').join('')}--:|`);
  for (const size of sizes) {
    const rs = of(size, profile);
    rows.push(`| ${size.peer.name} | ${COLUMNS.map(([key, , show]) => spread(rs.map((r) => r[key]), of(floor, profile).map((r) => r[key]), show)).join(' | ')} | ${rs.filter((r) => r.ok).length}/${rs.length} |`);
  }
}
const md = `${rows.join('\n')}\n`;
if (opt('--md')) fs.writeFileSync(opt('--md'), md);
console.log(md);
process.exit(0);
