// What only a player in somebody else's page needs: the course, which is not in that page. player.js loads it.

/** What a course never holds. It is somebody else's page that it is put into, and nothing of it may run there. */
const FORBIDDEN = 'script, style, link, meta, base, iframe, object, embed, form, animate, set';

/** The course of the page at that address, as `pageIn` finds it in an element. */
export async function courseAt(url, pageIn) {
  // Libraries of the time before there was JSON change how it is written, and nobody could read such progress.
  if (JSON.stringify(['', 1]) !== '["",1]') throw new Error('toJSON is not what it should be');
  const element = (await page(url)).querySelector('kurso-player');
  const course = element && pageIn(element);
  if (!course) throw new Error(`there is no course at ${url}`);
  disarm(course.texts);
  return course;
}

/** What to say where the player cannot start and has found no words in a language of the learner's. */
export function excuse({ message }) {
  if (!self.WebAssembly) return 'The course cannot be shown: this browser is too old for it.';
  if (/toJSON/.test(message)) return 'The course cannot be shown: an old script of this page changes how data is written (toJSON).';
  if (/unsafe-eval|CSP/.test(message)) return "The course cannot be shown: the policy of this page has to allow 'wasm-unsafe-eval'.";
  return 'The course cannot be loaded. Please reload the page.';
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
