#!/usr/bin/env node
// Writes the shared texts (content.mjs) as a course of Kurso, in the Markdown that an author would write.
//   node kurso.mjs FOLDER
import fs from 'node:fs';
import path from 'node:path';
import { module } from './content.mjs';

const folder = path.resolve(process.argv[2]);
const course = module(0);
const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
const files = {};
const step = (id, title, body) => {
  files[`${String(Object.keys(files).length + 1).padStart(2, '0')}-${id}.md`] = `---\nid: ${id}\ntitle: ${title}\nminutes: 1\n---\n\n${body}\n`;
};
const exercise = (kind, id, title, prompt, body) => `::: ${kind} {#${id}}\n\n### ${title}\n\n${prompt}\n\n${body}\n\n:::`;

course.steps.forEach(([title, text]) => step(slug(title), title, text));

const { mcq, classify, match } = course;
const option = (text, at) => `- [${at === mcq.correct ? 'x' : ' '}] ${text} {#${slug(text)}}\n\n  ${mcq.explain}`;
step('question', 'Question', exercise('choice', 'guest-patches', 'Question', mcq.q, mcq.options.map(option).join('\n\n')));

const sides = classify.categories.map((text) => `- ${text} {#${slug(text)}}`).join('\n');
const duty = ([text, side], at) => `${at + 1}. ${text} {#${slug(text)}}\n\n   **${classify.categories[side]}.** ${classify.categories[side]} carries it.`;
step('sort', 'Sort', exercise('classification', 'sort-duties', 'Sort', classify.q, `${sides}\n\n${classify.items.map(duty).join('\n\n')}`));

const kinds = match.order.map((at) => `- ${match.right[at]} {#${slug(match.right[at])}}`).join('\n');
const pair = (text, at) => `${at + 1}. ${text} {#${slug(text)}}\n\n   **${match.right[at]}.** It is a ${match.right[at].toLowerCase()}.`;
step('match', 'Match', exercise('matching', 'match-kinds', 'Match', match.q, `${kinds}\n\n${match.left.map(pair).join('\n\n')}`));

const entry = ([term, text]) => `${term} {#${slug(term)}}\n: ${text}`;
step('cards', 'Cards', exercise('flashcards', 'cards-of-terms', 'Cards', 'Turn each card.', course.cards.map(entry).join('\n\n')));
step('end', 'End', '::: results\n:::\n\n::: glossary\n:::');

const list = Object.keys(files).map((name) => `"${name}"`).join(', ');
fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(path.join(folder, 'module'), { recursive: true });
for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, 'module', name), text);
fs.writeFileSync(path.join(folder, 'module/glossary.md'), `${course.glossary.map(entry).join('\n\n')}\n`);
fs.writeFileSync(path.join(folder, 'course.toml'), `id = "bench"
title = "${course.title}"
language = "en"

[[modules]]
id = "module"
folder = "module"
title = "${course.title}"
summary = "${course.intro}"
steps = [${list}]
glossary = "glossary.md"
`);
