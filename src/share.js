// Writes the lines that show the course in somebody else's page, to be copied. player.js loads it when somebody opens that
// part of the page. The same lines are in docs/embedding.md, and in the oEmbed of a page that knows its address.

/** Has that part of the page do what it says, for the course of that title at that address. */
export function share(part, title, address) {
  const [field, button, status] = ['textarea', '.copy', '[role="status"]'].map((name) => part.querySelector(name));
  field.value = snippet(title, address);
  status.textContent = '';
  button.onclick = async () => {
    const copied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
    // Where a page may not write there, as in many frames, the learner can.
    if (!copied) field.select();
    status.textContent = copied ? status.dataset.copied : status.dataset.selected;
  };
}

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
