// What is kept of a learner: how much it is, adding to it from a file or a link, taking it to another device, and deleting
// it. player.js loads it when somebody opens that part of the page. Nothing of it goes anywhere but into a file of the
// learner's, or into the fragment of an address, which no browser sends. What an LMS keeps is written in the same letters
// as such an address.

/** No progress is larger, in bytes. */
const LARGEST = 1_000_000;
/** No link is longer, in characters: what sends links cuts longer ones. */
const LONGEST = 30_000;
/** How wide a QR code is at most, in CSS pixels, and how many modules around it must stay light. */
const WIDEST = 480;
const QUIET = 4;

/**
 * Has that part of the page do what it says, for that player, whose progress is kept under that key. `brought` is what
 * came with a link, packed.
 */
export function manage(data, player, key, forget, brought) {
  const [status, preview, size, input] = ['[role="status"]', '.preview', '.size', 'input'].map((name) => data.querySelector(name));
  const digits = new Intl.NumberFormat(status.dataset.locale, { maximumFractionDigits: 1 });
  const pattern = (size.dataset.pattern ??= size.textContent);
  let text;

  /** Says one of the sentences that stand in the page. */
  const tell = (outcome) => {
    status.textContent = outcome ? status.dataset[outcome] : '';
  };
  const measure = () => {
    size.textContent = pattern.replace('{n}', digits.format(new Blob([player.export()]).size / 1000));
    size.hidden = false;
  };

  /** Shows what that text would add, or tells why there is no such text or it cannot be added. */
  const offer = (read, about) => {
    ({ text } = read);
    const news = read.refused ?? newsIn(text, player, key);
    const adds = Array.isArray(news);
    tell(adds ? about : news);
    preview.hidden = !adds;
    if (!adds) return;
    preview.querySelectorAll('dd').forEach((number, at) => (number.textContent = digits.format(news[at])));
    preview.querySelector('button').focus();
  };

  input.onchange = async () => {
    const [file] = input.files;
    if (!file) return;
    const read = file.size > LARGEST ? { refused: 'large' } : { text: await file.text() };
    // The same file can be chosen once more.
    input.value = '';
    offer(read);
  };
  preview.querySelector('button').onclick = () => {
    player.add(text);
    preview.hidden = true;
    tell('done');
    input.focus();
    setTimeout(measure);
  };
  data.querySelector('.danger').onclick = () => {
    player.reset(true);
    // By then the player has kept that nothing is left, and other tabs have heard of it.
    setTimeout(async () => {
      await forget();
      measure();
    }, 100);
  };
  // Only where there is something to keep.
  if (Object.keys(JSON.parse(player.export()).exercises).length > 0) offerToPersist(data, tell);
  offerToMove(data.querySelector('.transfer'), player);
  tell();
  preview.hidden = true;
  measure();
  if (!brought) return;
  data.scrollIntoView();
  unpacked(brought).then((read) => offer(read, 'brought'));
}

/** How many exercises that text would add, and how many it has newer; or why it cannot be added. */
function newsIn(text, player, key) {
  let progress;
  try {
    progress = JSON.parse(text);
  } catch {
    return 'unreadable';
  }
  if (typeof progress?.course === 'string' && !key.startsWith(`kurso:${progress.course}:`)) return 'other';
  const news = player.preview(text);
  if (!news) return 'unreadable';
  return news[0] + news[1] > 0 ? [...news] : 'nothing';
}

/** Browsers may clear what sites keep; those that can be asked not to, are asked by the learner. */
async function offerToPersist(data, tell) {
  const { storage } = navigator;
  if (!storage?.persist || (await storage.persisted())) return;
  const offer = data.querySelectorAll('.persist');
  const show = (is) => offer.forEach((part) => (part.hidden = !is));
  show(true);
  offer[0].onclick = async () => {
    const granted = await storage.persist().catch(() => false);
    show(!granted);
    tell(granted ? 'persists' : 'refused');
  };
}

/** Makes the link to this page that has all progress in it, where the browser can, whenever somebody opens that part. */
function offerToMove(transfer, player) {
  const { host } = transfer.getRootNode();
  // Elsewhere the address of the page is not ours.
  if (!host.hasAttribute('hash') || host.hasAttribute('lms') || !self.CompressionStream) return;
  const [whole, input, button, status, code] =
    ['div', 'input', 'button', '[role="status"]', '.code'].map((name) => transfer.querySelector(name));
  transfer.hidden = false;
  transfer.ontoggle = async () => {
    if (!transfer.open) return;
    const [page] = location.href.split('#');
    status.textContent = '';
    input.value = `${page}#progress=${await packed(player.export())}`;
    whole.hidden = input.value.length > LONGEST;
    code.replaceChildren(whole.hidden ? code.dataset.longer : await drawn(input.value, code.dataset));
  };
  button.onclick = async () => {
    const copied = await navigator.clipboard?.writeText(input.value).then(() => true, () => false);
    if (!copied) input.select();
    status.textContent = copied ? status.dataset.copied : status.dataset.selected;
  };
}

/** That JSON as a part of an address: without its layout, deflated, in the letters of base64url. */
async function packed(json) {
  const compact = new Blob([JSON.stringify(JSON.parse(json))]);
  const deflated = await new Response(compact.stream().pipeThrough(new CompressionStream('deflate'))).arrayBuffer();
  return inLetters(new Uint8Array(deflated));
}

/** Those bytes in the letters of base64url. */
export function inLetters(bytes) {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * The bytes in those letters.
 *
 * @throws if there are others among them
 */
export function fromLetters(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
}

/** The text that was packed so, or why there is none. */
async function unpacked(packed) {
  if (!self.DecompressionStream) return { refused: 'old' };
  try {
    const reader = inPieces(fromLetters(packed)).pipeThrough(new DecompressionStream('deflate')).getReader();
    const chunks = [];
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) return { text: await new Blob(chunks).text() };
      chunks.push(value);
      size += value.length;
      if (size > LARGEST) {
        reader.cancel();
        return { refused: 'large' };
      }
    }
  } catch {
    return { refused: 'unreadable' };
  }
}

/** Those bytes, little by little: of what it is given at once a browser inflates all, however much that becomes. */
function inPieces(bytes) {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.subarray(at, (at += 256)));
    },
  });
}

/** The QR code of that link, or the sentence that says why there is none. */
async function drawn(link, { name, long }) {
  const { search } = new URL(import.meta.url);
  const beside = (file) => new URL(file + search, import.meta.url);
  const { default: init, modules } = await import(beside('kurso-qr.js'));
  await init({ module_or_path: beside('kurso-qr_bg.wasm') });
  const dark = modules(link);
  if (!dark) return long;
  const side = Math.sqrt(dark.length);
  const all = side + 2 * QUIET;
  const width = all * Math.max(2, Math.floor(WIDEST / all));
  const svg = svgElement('svg', { role: 'img', 'aria-label': name, viewBox: `0 0 ${all} ${all}`, width, 'shape-rendering': 'crispEdges' });
  const squares = [...dark].map((is, at) => (is ? `M${QUIET + (at % side)} ${QUIET + Math.floor(at / side)}h1v1h-1z` : ''));
  svg.append(svgElement('path', { fill: '#fff', d: `M0 0h${all}v${all}H0z` }), svgElement('path', { fill: '#000', d: squares.join('') }));
  return svg;
}

function svgElement(name, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
