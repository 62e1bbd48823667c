// The search of the course: over the titles and texts of its steps, the fronts of its cards, and its key terms. player.js
// loads it when somebody is about to search, so it adds nothing to a first visit.
//
// It searches the texts that are in the page already, and no answer: what an exercise or the back of a card would tell is
// still to be found out. Capitals, accents and the plural do not matter, a word may be begun only, and all words must
// occur.

/** What it says, by the language of the interface. The build puts it here. */
const WORDS = {};

/** How much of a text is shown around what was found, in characters. */
const BEFORE = 60;
const AFTER = 110;

/** How long typing must rest until the count is told, in milliseconds: each letter would interrupt the last. */
const REST = 300;

/** What was searched for when a result was followed in a tree, and which of the links that was. */
const left = new WeakMap();

/** Makes elements. */
let made;

/** Searches what is typed into that box, now and from now on, in the texts of the page, with what player.js lends. */
export function searchFrom(box, tools) {
  made = tools.made;
  const { texts } = tools.page;
  const page = box.closest('.page');
  const root = box.getRootNode();
  const words = WORDS[box.closest('[lang]').lang];
  if (!left.has(root)) restore(root, tools);
  const status = page.querySelector('[role="status"]');
  if (!status.nextElementSibling) status.after(group(words.Steps), group(words.Cards), made('h2', { hidden: true }, words.Terms));
  const [steps, cards] = page.querySelectorAll('.search > div');
  const termsFound = page.querySelector('.search > h2');
  const terms = page.querySelector('.terms');
  const places = { steps: stepsIn(texts), cards: cardsIn(texts) };
  const originals = texts.querySelector('[id="/glossary"] .terms');
  const plurals = new Intl.PluralRules(status.dataset.locale);
  const digits = new Intl.NumberFormat(status.dataset.locale);
  let telling;

  const search = () => {
    const wanted = wordsOf(box.value).map(({ folded }) => beginnings(folded));
    const looking = wanted.length > 0;
    const found = list(steps, places.steps, wanted) + list(cards, places.cards, wanted) + filter(terms, originals, wanted);
    page.querySelector('.letters').hidden = looking;
    termsFound.hidden = !looking || !terms.querySelector(':scope > :not([hidden])');
    clearTimeout(telling);
    telling = setTimeout(() => {
      const { [`=${found}`]: exactly, [plurals.select(found)]: told = words.Found.other } = words.Found;
      status.textContent = looking ? (exactly ?? told).replace('#', digits.format(found)).replace('{what}', () => box.value.trim()) : '';
    }, REST);
  };
  const clear = () => {
    box.value = '';
    search();
  };

  page.onclick = ({ target }) => {
    const at = [...page.querySelectorAll('a')].indexOf(target.closest('a'));
    if (at >= 0) left.set(root, { words: box.value, at });
  };
  box.oninput = search;
  box.onkeydown = (event) => {
    if (event.key === 'Escape' && box.value) {
      event.preventDefault();
      clear();
    }
  };
  // A link from one term to another may lead to one that does not show.
  terms.onclick = (event) => {
    const link = event.target.closest('a[href^="#/glossary/"]');
    if (!link || !box.value) return;
    clear();
    terms.querySelector(`[id="${CSS.escape(link.hash.slice(1))}"]`)?.focus();
  };
  search();
}

/** Where what was found shows, under that heading, once there is something. */
function group(label) {
  return made('div', { hidden: true }, made('h2', {}, label), made('ul'));
}

/** Has whoever goes back in the browser from now on find all results again, and the focus on the one that they followed. */
function restore(root, tools) {
  left.set(root, {});
  let isBack = false;
  addEventListener('popstate', () => (isBack = location.hash === '#/glossary'));
  root.addEventListener('focusin', ({ target }) => {
    // The heading has it as soon as the page shows.
    if (!isBack || target.localName !== 'h1') return;
    isBack = false;
    const { words, at } = left.get(root);
    const box = root.querySelector('[type="search"]');
    if (!words || !box) return;
    box.value = words;
    searchFrom(box, tools);
    box.closest('.page').querySelectorAll('a')[at]?.focus();
  });
}

/** The steps, with what they say before anything is answered. */
function stepsIn(texts) {
  return [...texts.querySelectorAll('.sheet:not([id="/glossary"])')].map((sheet) => {
    const parts = sheet.querySelectorAll('h2, [data-text^="prose_"], [data-text^="prompt/"], [data-text^="stem/"]');
    return { href: `#${sheet.id}`, title: textOf(sheet.querySelector('h1')), text: [...parts].map(textOf).join(' ') };
  });
}

/** The fronts of the cards, with the step that each is in. */
function cardsIn(texts) {
  return [...texts.querySelectorAll('.exercise:has(.deck) .answers-only dt')].map((front) => {
    const sheet = front.closest('.sheet');
    return { href: `#${sheet.id}`, title: textOf(front), text: '', note: textOf(sheet.querySelector('h1')) };
  });
}

/** What an element says in its own lines; the texts of two blocks do not run together. */
function textOf(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const block = ({ parentElement }) => parentElement.closest('p, li, dt, dd, td, th, h2, h3, h4, pre, div, label, figcaption');
  let text = '';
  let last;
  while (walker.nextNode()) {
    const { currentNode } = walker;
    if (currentNode.parentElement.closest('.definition, .unseen, svg')) continue;
    if (last && block(last) !== block(currentNode)) text += ' ';
    text += currentNode.data;
    last = currentNode;
  }
  return text.trim();
}

/** Shows what of those places was found in that group, and returns how many. */
function list(group, places, wanted) {
  const items = wanted.length === 0 ? [] : places.flatMap((place) => {
    if (!holds(`${place.title} ${place.text}`, wanted)) return [];
    const link = made('a', { href: place.href }, ...marked(place.title, wanted));
    return [made('li', {}, link, made('p', {}, ...(place.note ? [place.note] : excerpt(place.text, wanted))))];
  });
  group.querySelector('ul').replaceChildren(...items);
  group.hidden = items.length === 0;
  return items.length;
}

/** Leaves those terms that were found, with what was found marked in them, and returns how many. */
function filter(terms, originals, wanted) {
  let found = 0;
  [...terms.children].forEach((entry, at) => {
    const original = originals.children[at];
    const [name, meaning] = original.children;
    const uses = meaning.querySelector('.uses');
    const text = textOf(original).slice(0, uses ? -textOf(uses).length : undefined);
    const shows = holds(text, wanted);
    entry.hidden = !shows;
    found += shows;
    [...entry.children].forEach((part, index) => {
      const copy = [name, meaning][index].cloneNode(true);
      const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
      const nodes = [];
      while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('.uses')) nodes.push(walker.currentNode);
      if (wanted.length > 0) nodes.forEach((node) => node.replaceWith(...marked(node.data, wanted)));
      part.replaceChildren(...copy.childNodes);
    });
  });
  return found;
}

/** The words of a text, and how each is compared: without capitals and accents. */
function wordsOf(text) {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map(({ 0: word, index }) => ({
    index,
    end: index + word.length,
    folded: word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(),
  }));
}

/** What a word of a text may begin with to be that word: what was typed, or its singular. */
function beginnings(word) {
  const singulars = [word.replace(/s$/, ''), word.replace(/es$/, ''), word.replace(/ies$/, 'y'), word.replace(/y$/, 'ies')];
  return [word, ...singulars.filter((other) => other.length > 2)];
}

const is = (word, wanted) => wanted.some((beginning) => word.folded.startsWith(beginning));

/** Whether all wanted words occur in a text. */
function holds(text, wanted) {
  const words = wordsOf(text);
  return wanted.every((one) => words.some((word) => is(word, one)));
}

/** A text as nodes, with the wanted words in `<mark>`. */
function marked(text, wanted) {
  const nodes = [];
  let at = 0;
  for (const word of wordsOf(text)) {
    if (!wanted.some((one) => is(word, one))) continue;
    nodes.push(text.slice(at, word.index), made('mark', {}, text.slice(word.index, word.end)));
    at = word.end;
  }
  return [...nodes, text.slice(at)].filter((node) => node !== '');
}

/** A piece of a text around the first wanted word, marked; nothing, if only the title has them. */
function excerpt(text, wanted) {
  const words = wordsOf(text);
  const first = words.find((word) => wanted.some((one) => is(word, one)));
  if (!first) return [];
  const start = words.find((word) => word.index >= first.index - BEFORE).index;
  const end = words.findLast((word) => word.end <= first.end + AFTER).end;
  return [start > 0 ? '… ' : '', ...marked(text.slice(start, end), wanted), end < text.length - 1 ? ' …' : ''];
}
