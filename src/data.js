// What is kept of a learner: how much it is, adding to it from a file or a link, taking it to another device, and deleting
// it. player.js loads it when somebody opens that part of the page. Nothing of it goes anywhere but into a file of the
// learner's, or into the fragment of an address, which no browser sends. What an LMS keeps is written in the same letters
// as such an address.

/** What is told of it, by the language of the interface. The build puts it here. */
const WORDS = {};
/** The progress of a page is no larger, in bytes. */
const LARGEST = 1_000_000;
/** No link is longer, in characters: what sends links cuts longer ones. */
const LONGEST = 30_000;
/** How wide a QR code is at most, in CSS pixels, and how many modules around it must stay light. */
const WIDEST = 480;
const QUIET = 4;

/**
 * Has that part of the page do what it says, with what player.js lends, for what is `kept`: a player has it, or the whole of a
 * course in parts. It is here under `key`, which is that of the page, but in an LMS that of this learner. `aside` is what looks
 * after what is kept beside, where anything is kept, and `packed` is what came with a link.
 */
export function manage(data, { kept, aside, packed, page, key, made, journal, namesOf }) {
  const words = WORDS[data.closest('[lang]').lang];
  if (!data.querySelector('.reset')) furnish(data, words, made);
  const [status, preview, size, input] = ['[role="status"]', '.preview', '.size', 'input'].map((name) => data.querySelector(name));
  const { locale } = status.dataset;
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const sized = sizes(locale);
  const largest = kept.largest ?? LARGEST;
  let text;

  const tell = (sentence = '') => {
    status.textContent = sentence.replace('{n}', digits.format(largest / 1e6));
  };
  const replaceList = (...list) => {
    if (size.nextElementSibling.localName === 'ul') size.nextElementSibling.remove();
    size.after(...list);
  };
  const measure = () => {
    size.textContent = words.DataSize.replace('{n}', sized(kept.export()));
    size.hidden = false;
    const entry = ({ title, json }) => made('li', {}, `${title}: ${sized(json)}`);
    // Below the size of all, how large what is kept of each module is.
    kept.modules?.().then((modules) => replaceList(made('ul', {}, ...modules.map(entry))), () => {});
    aside?.show(data, sized);
  };

  /** Shows what that text would add, or tells why there is no such text or it cannot be added. */
  const offer = async (read, about) => {
    ({ text } = read);
    const news = read.refused ?? (await newsIn(text, kept, page.key).catch(() => 'RestMissing'));
    const adds = Array.isArray(news);
    tell(adds ? about : words[news]);
    preview.hidden = !adds;
    if (!adds) return;
    preview.querySelectorAll('dd').forEach((number, at) => (number.textContent = digits.format(news[at])));
    preview.querySelector('button').focus();
  };

  input.onchange = async () => {
    const [file] = input.files;
    if (!file) return;
    const read = file.size > largest ? { refused: 'ImportLarge' } : { text: await file.text() };
    // The same file can be chosen once more.
    input.value = '';
    offer(read);
  };
  preview.querySelector('button').onclick = async () => {
    preview.hidden = true;
    input.focus();
    try {
      for (const part of partsOf(text, kept)) await kept.add(part);
      tell(words.ImportDone);
    } catch {
      tell(words.SavingFull);
    }
    setTimeout(measure);
  };
  const danger = data.querySelector('.danger');
  danger.onclick = () => {
    kept.reset(true);
    // Nothing is left that has a size, or that a browser could keep. At once, so that nothing moves under whoever goes on.
    replaceList();
    for (const part of [size, ...data.querySelectorAll('.persist')]) part.hidden = true;
    // By then it is kept that nothing is left, and other tabs have heard of it.
    setTimeout(async () => {
      // In an LMS there are other learners beside.
      await forget(key, key === page.key ? key.split(':', 2).join(':') : key, journal, namesOf);
      aside?.show(data, sized);
    }, 100);
  };
  // Only where there is something to keep.
  const all = JSON.parse(kept.export());
  if (Object.values(all.modules ?? [all]).some(({ exercises }) => Object.keys(exercises).length > 0)) offerToPersist(data, tell, words);
  offerToMove(data.querySelector('.transfer'), kept, words);
  tell();
  preview.hidden = true;
  measure();
  if (!packed) return;
  data.scrollIntoView();
  unpacked(packed, largest).then((read) => offer(read, words.LinkBrought));
}

/** Puts in what there is to see and to do, beside what the page says of it. */
function furnish(data, words, made) {
  const [about, actions, status] = data.querySelectorAll(':scope > p');
  const button = (className, label, more) => made('button', { type: 'button', className, ...more }, label);
  const number = (label) => made('div', {}, made('dt', {}, label), made('dd'));
  const opening = (className, label, ...inside) => made('details', { className }, made('summary', {}, label), ...inside);
  about.after(made('p', { className: 'size', hidden: true }));
  actions.append(
    made('label', { className: 'file' }, made('input', { type: 'file', accept: 'application/json,.json' }), made('span', {}, words.Import)),
    button('plain persist', words.Persist, { hidden: true }),
  );
  actions.after(made('p', { className: 'persist', hidden: true }, words.PersistMeans));
  const preview = made('div', { className: 'preview' }, made('dl', {}, number(words.ImportAdds), number(words.ImportNewer)), made('p', {}, button('main', words.ImportAdd)));
  // A link that holds all progress, and the same as a QR code. It shows where the browser can make one.
  const link = made('input', { dir: 'ltr', readOnly: true });
  const whole = made('div', {}, made('p', {}, words.TransferMeans), made('label', {}, made('span', {}, words.TransferLink), link));
  whole.append(made('p', { className: 'actions' }, button('plain', words.CopyLink)), made('p', { role: 'status' }));
  const transfer = opening('transfer', words.Transfer, whole, made('p', { className: 'code' }));
  transfer.hidden = true;
  const deletes = made('p', { className: 'actions' }, button('danger', words.DeleteAll), button('plain download', words.Download));
  status.after(preview, transfer, opening('reset', words.ResetAll, made('p', {}, words.ResetWarning), deletes));
}

/** Says how large a text is, in a locale. */
function sizes(locale) {
  const said = (unit, unitDisplay) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 });
  return (text) => {
    const { size } = new Blob([text]);
    return size < 1000 ? said('byte', 'long').format(size) : said('kilobyte', 'short').format(size / 1000);
  };
}

/** How many exercises that text would add, and how many it has newer; or what tells why it cannot be added. */
async function newsIn(text, kept, key) {
  let progress;
  try {
    progress = JSON.parse(text);
  } catch {
    return 'ImportUnreadable';
  }
  if (typeof progress?.course === 'string' && !key.startsWith(`kurso:${progress.course}:`)) return 'ImportOther';
  const sum = [0, 0];
  for (const part of partsOf(text, kept)) {
    const news = await kept.preview(part);
    if (!news) return 'ImportUnreadable';
    news.forEach((number, at) => (sum[at] += number));
  }
  return sum[0] + sum[1] > 0 ? sum : 'ImportNothing';
}

/** Adds that text, and resolves with whether it is progress in that course. */
export async function add(text, kept, key) {
  const news = await newsIn(text, kept, key);
  const can = Array.isArray(news) || news === 'ImportNothing';
  if (can) for (const part of partsOf(text, kept)) await kept.add(part);
  return can;
}

/** That progress: a player, which has a course as one page, takes that of each module by itself. */
function partsOf(text, kept) {
  const { modules } = JSON.parse(text) ?? {};
  return modules && !kept.largest ? Object.values(modules).map((module) => JSON.stringify(module)) : [text];
}

/**
 * Deletes all that is kept here under names that begin with `all`: progress, also that of `key` in the journal, what was set
 * aside, and the course itself, but not how it shows.
 */
async function forget(key, all, journal, namesOf) {
  await journal('readwrite', (entries) => {
    entries.delete(key);
    // A semicolon comes next after a colon.
    return entries.delete(IDBKeyRange.bound(`${all}:`, `${all};`));
  });
  try {
    for (const name of namesOf(key)) if (`${name}:`.startsWith(`${all}:`)) localStorage.removeItem(name);
    const registration = await navigator.serviceWorker?.getRegistration();
    if (!registration) return;
    for (const name of await caches.keys()) if (name.startsWith(`kurso ${registration.scope} `)) await caches.delete(name);
    await registration.unregister();
  } catch {
    // Where the browser lets nothing be kept, there is nothing to delete.
  }
}

/** Browsers may clear what sites keep; those that can be asked not to, are asked by the learner. */
async function offerToPersist(data, tell, words) {
  const { storage } = navigator;
  if (!storage?.persist || (await storage.persisted())) return;
  const offer = data.querySelectorAll('.persist');
  const show = (is) => offer.forEach((part) => (part.hidden = !is));
  show(true);
  offer[0].onclick = async () => {
    const granted = await storage.persist().catch(() => false);
    show(!granted);
    tell(granted ? words.Persists : words.PersistRefused);
  };
}

/** Makes the link to this page that has all progress in it, where the browser can, whenever somebody opens that part. */
function offerToMove(transfer, kept, words) {
  const { host } = transfer.getRootNode();
  // Elsewhere the address of the page is not ours; and that of a file, where scripts are blobs, no other device can open.
  const isFile = import.meta.url.startsWith('blob:');
  if (isFile || !host.hasAttribute('hash') || host.hasAttribute('lms') || !self.CompressionStream) return;
  const [whole, input, button, status, code] =
    ['div', 'input', 'button', '[role="status"]', '.code'].map((name) => transfer.querySelector(name));
  transfer.hidden = false;
  transfer.ontoggle = async () => {
    if (!transfer.open) return;
    const [page] = location.href.split('#');
    status.textContent = '';
    input.value = `${page}#progress=${await packed(kept.export())}`;
    whole.hidden = input.value.length > LONGEST;
    code.replaceChildren(whole.hidden ? words.TooLongForLink : await drawn(input.value, words));
  };
  button.onclick = async () => {
    const copied = await navigator.clipboard?.writeText(input.value).then(() => true, () => false);
    if (!copied) input.select();
    status.textContent = copied ? words.LinkCopied : words.LinkSelected;
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

/** The text that was packed so, if it is not larger than that, or what tells why there is none. */
async function unpacked(packed, largest) {
  if (!self.DecompressionStream) return { refused: 'LinkUnsupported' };
  try {
    const reader = inPieces(fromLetters(packed)).pipeThrough(new DecompressionStream('deflate')).getReader();
    const chunks = [];
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) return { text: await new Blob(chunks).text() };
      chunks.push(value);
      size += value.length;
      if (size > largest) {
        reader.cancel();
        return { refused: 'ImportLarge' };
      }
    }
  } catch {
    return { refused: 'ImportUnreadable' };
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
async function drawn(link, words) {
  const { search } = new URL(import.meta.url);
  const beside = (file) => new URL(file + search, import.meta.url);
  const { default: init, modules } = await import(beside('kurso-qr.js'));
  await init({ module_or_path: fetch(beside('kurso-qr_bg.wasm')) });
  const dark = modules(link);
  if (!dark) return words.TooLongForCode;
  const side = Math.sqrt(dark.length);
  const all = side + 2 * QUIET;
  const width = all * Math.max(2, Math.floor(WIDEST / all));
  const svg = svgElement('svg', { role: 'img', 'aria-label': words.QrCode, viewBox: `0 0 ${all} ${all}`, width, 'shape-rendering': 'crispEdges' });
  const squares = [...dark].map((is, at) => (is ? `M${QUIET + (at % side)} ${QUIET + Math.floor(at / side)}h1v1h-1z` : ''));
  svg.append(svgElement('path', { fill: '#fff', d: `M0 0h${all}v${all}H0z` }), svgElement('path', { fill: '#000', d: squares.join('') }));
  return svg;
}

function svgElement(name, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
