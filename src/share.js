// Writes the lines that show the course in somebody else's page, to be copied. player.js loads it when somebody opens that
// part of the page. The same lines are in docs/embedding.md, and in the oEmbed of a page that knows its address.

/** What is told of it, by the language of the interface. The build puts it here. */
const WORDS = {};

/** Has that part of the page show the lines for its course. What is used besides is what player.js lends. */
export function share(part, { page, source, made, button }) {
  const words = WORDS[part.closest('[lang]').lang];
  const [heading, status] = part.querySelectorAll('summary, [role="status"]');
  const field = made('textarea', { readOnly: true, rows: 6, dir: 'ltr', spellcheck: false, ariaLabel: heading.textContent });
  const copy = button(words.Copy, async () => {
    const copied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
    // Where a page may not write there, as in many frames, the learner can.
    if (!copied) field.select();
    status.textContent = copied ? words.Copied : words.Selected;
  });
  part.replaceChildren(heading, made('p', {}, words.ShareMeans), field, made('p', { className: 'actions' }, copy), status);
  field.value = snippet(JSON.parse(page.plan).plan.title, source);
  status.textContent = '';
}

/** The lines that show the course of that title at that address. */
function snippet(title, address) {
  const page = new URL(address);
  page.search = page.hash = '';
  page.pathname = page.pathname.replace(/\/index\.html$/, '/');
  const quoted = title.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
  const sandbox = 'allow-scripts allow-same-origin allow-popups allow-downloads';
  return [
    `<iframe src="${page}?embed" title="${quoted}" width="100%" height="600" loading="lazy" sandbox="${sandbox}"></iframe>`,
    `<script src="${new URL('embed-host.js', page)}" async></script>`,
  ].join('\n');
}
