// The cards and key terms of the page as a file that Anki imports. player.js loads it when somebody asks for that file.
//
// The file says itself how it is to be read: https://docs.ankiweb.net/importing/text-files.html. Each note has an id made
// of those that the author wrote, so who imports a later file gets its changes, and no card twice.

/** What Anki must know of the file, before its notes. */
const HEAD = ['separator:tab', 'html:true', 'notetype:Basic', 'guid column:1', 'tags column:4'];

/** Saves the file, made of the texts of the page, with what player.js lends. */
export function saveCards({ page: { texts, key }, save }) {
  const course = key.split(':')[1];
  const deck = texts.querySelector('.course').textContent;
  const head = [...HEAD, `deck:${deck.replace(/\s+/g, ' ')}`].map((line) => `#${line}`);
  const notes = [...cards(texts), ...terms(texts)].map(({ group, id, front, back }) =>
    [`${course}/${group}/${id}`, html(front), html(back), `${course}::${group}`].map(field).join('\t'));
  save([...head, ...notes, ''].join('\n'), 'tsv', 'text/tab-separated-values');
}

/** The cards of all decks. */
function cards(texts) {
  return [...texts.querySelectorAll('.exercise:has(.deck) .answers-only dt .text')].map((front) => {
    const [, id, group] = front.dataset.text.split(/[_/]/);
    return { group, id, front, back: texts.querySelector(`[data-text="feedback_${id}/${group}"]`) };
  });
}

/** The key terms, each with what it means. */
function terms(texts) {
  return [...texts.querySelectorAll('[id="/glossary"] .terms dt')].map((front) => {
    const [, group, id] = front.id.split('/');
    return { group, id, front, back: front.nextElementSibling };
  });
}

/** What an element holds as HTML, with addresses that hold outside of the page, too. */
function html(element) {
  const copy = element.cloneNode(true);
  copy.querySelector('.uses')?.remove();
  // The address of a text is none of Anki's.
  for (const text of copy.querySelectorAll('[data-text]')) delete text.dataset.text;
  for (const link of copy.querySelectorAll('a')) link.setAttribute('href', link.href);
  const serializer = new XMLSerializer();
  const nodes = [...copy.childNodes].map((node) => serializer.serializeToString(node));
  return nodes.join('').replaceAll(` xmlns="${copy.namespaceURI}"`, '');
}

/** A field as the file has it. */
function field(text) {
  return /["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
