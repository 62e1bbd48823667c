// What is kept of a learner: how much it is, adding to it from a file, and deleting it. player.js loads it when somebody
// opens that part of the page. Nothing of it goes anywhere but into a file of the learner's.

/** No progress is larger, in bytes. */
const LARGEST = 1_000_000;

/** Has that part of the page do what it says, for that player, whose progress is kept under that key. */
export function manage(data, player, key, forget) {
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

  input.onchange = async () => {
    const [file] = input.files;
    preview.hidden = true;
    text = file && file.size <= LARGEST ? await file.text() : undefined;
    // The same file can be chosen once more.
    input.value = '';
    if (!file) return;
    const news = text === undefined ? 'large' : newsIn(text, player, key);
    tell(Array.isArray(news) ? undefined : news);
    if (!Array.isArray(news)) return;
    preview.querySelectorAll('dd').forEach((number, at) => (number.textContent = digits.format(news[at])));
    preview.hidden = false;
    preview.querySelector('button').focus();
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
  offerToPersist(data, tell);
  tell();
  measure();
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
