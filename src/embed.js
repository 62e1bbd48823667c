// What only a player in somebody else's page needs: the course, which is not in that page, and letters of the size that they
// have in others. player.js loads it.

/** What a course never holds. It is somebody else's page that it is put into, and nothing of it may run there. */
const FORBIDDEN = 'script, style, link, meta, base, iframe, object, embed, form, animate, set';

/** The course of the page at that address, as `pageIn` finds it in an element; in that language, if it is there in it. */
export async function courseAt(url, pageIn, language) {
  // Libraries of the time before there was JSON change how it is written, and nobody could read such progress.
  if (JSON.stringify(['', 1]) !== '["",1]') throw new Error('toJSON is not what it should be');
  let element = (await page(url)).querySelector('kurso-player');
  const wanted = main(language);
  if (element?.dataset.languages?.split(' ').includes(wanted)) {
    const address = new URL(url);
    address.pathname = address.pathname.replace(/\/$/, '/index.html').replace(/\.html$/, `.${wanted}.html`);
    element = (await page(address)).querySelector('kurso-player');
  }
  const course = element && pageIn(element);
  if (!course) throw new Error(`there is no course at ${url}`);
  disarm(course.texts);
  return course;
}

/** How many times as long a rem has to be in a tree (`this`), if the page around has made it shorter or longer than the browser's. */
export function correction() {
  const probe = this.appendChild(document.createElement('p'));
  probe.style.fontSize = 'medium';
  const size = (element) => parseFloat(getComputedStyle(element).fontSize);
  const times = size(probe) / size(document.documentElement);
  probe.remove();
  return times;
}

/** What to say where the player cannot start, and what offers to try again, in each language that Kurso speaks. */
const EXCUSES = {
  en: {
    old: 'The course cannot be shown: this browser is too old for it.',
    json: 'The course cannot be shown: an old script of this page changes how data is written (toJSON).',
    policy: "The course cannot be shown: the policy of this page has to allow 'wasm-unsafe-eval'.",
    lost: 'The course cannot be loaded.',
    again: 'Try again',
  },
  de: {
    old: 'Der Kurs kann nicht gezeigt werden: Dieser Browser ist zu alt dafür.',
    json: 'Der Kurs kann nicht gezeigt werden: Ein altes Skript dieser Seite ändert, wie Daten geschrieben werden (toJSON).',
    policy: "Der Kurs kann nicht gezeigt werden: Die Richtlinie dieser Seite muss 'wasm-unsafe-eval' erlauben.",
    lost: 'Der Kurs kann nicht geladen werden.',
    again: 'Noch einmal versuchen',
  },
  ar: {
    old: 'لا يمكن عرض الدورة: هذا المتصفح أقدم من أن يعرضها.',
    json: 'لا يمكن عرض الدورة: يغيّر نص برمجي قديم في هذه الصفحة طريقة كتابة البيانات (toJSON).',
    policy: "لا يمكن عرض الدورة: يجب أن تسمح سياسة هذه الصفحة بـ 'wasm-unsafe-eval'.",
    lost: 'تعذر تحميل الدورة.',
    again: 'حاول مرة أخرى',
  },
};
/** How long it is waited for the course, whose language it is said in, in milliseconds. */
const PATIENCE = 2000;

/**
 * What to say where the player cannot start: why (`stalled`), and what offers to try `again`, where that may help. In the
 * language of the course that is being `found`, if that comes, and otherwise of the page around the element.
 */
export async function excuse(element, { message }, found) {
  const course = await Promise.race([found?.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  const around = main(element.closest('[lang]')?.lang);
  const lang = course ? JSON.parse(course.plan).words.language.tag : EXCUSES[around] ? around : 'en';
  const { old, json, policy, lost, again } = EXCUSES[main(lang)] ?? EXCUSES.en;
  const so = { lang, dir: main(lang) === 'ar' ? 'rtl' : 'ltr' };
  if (!self.WebAssembly) return { ...so, stalled: old };
  if (/toJSON/.test(message)) return { ...so, stalled: json };
  if (/unsafe-eval|CSP/.test(message)) return { ...so, stalled: policy };
  return { ...so, stalled: lost, again };
}

/** The language of a tag, without its region and all else. */
function main(tag) {
  return tag?.split('-')[0].toLowerCase();
}

/** That page as a document in which nothing runs and nothing is loaded. */
export function page(url) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.responseType = 'document';
    request.onload = () => (request.response ? resolve(request.response) : reject(new Error(`there is no page at ${url}`)));
    request.onerror = () => reject(new Error(`the course at ${url} cannot be loaded`));
    request.send();
  });
}

/** Takes out whatever could run. */
function disarm(texts) {
  for (const element of texts.querySelectorAll(FORBIDDEN)) element.remove();
  for (const element of texts.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (name.startsWith('on') || /^javascript:/i.test(value.replace(/[\s\0-\x1f]/g, ''))) element.removeAttribute(name);
    }
  }
}
