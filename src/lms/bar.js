// What an LMS has the learner know and do, beside the player: that it has no room for all, how much has not been sent to it
// yet, with a way to try again, and the way back. Each is a bar of its own: what fails shows above everything, the way back
// below.

/**
 * Shows in that tree how many statements are `unsent`, and the `exit`, an address.
 *
 * @param act what the buttons do: `retry`, and `leave` for that address
 */
export function show(root, page, { unsent, canRetry, exit }, act) {
  const { words } = page.lms;
  const top = bar(root, page, 'unsent', unsent > 0, (bar) => {
    const sentence = document.createElement('span');
    sentence.setAttribute('role', 'status');
    bar.append(sentence, button(words.again, act.retry));
    root.prepend(bar);
  });
  if (top) {
    top.firstChild.textContent = counted(page, unsent);
    if (!canRetry) top.querySelector('button')?.remove();
  }
  bar(root, page, 'exit', isWeb(exit), (bar) => {
    bar.append(button(words.leave, () => act.leave(exit)));
    root.append(bar);
  });
}

/** Shows in that tree that the LMS has no room for all that was answered, where that is so. */
export function showRoom(root, page, lacksAnswers) {
  bar(root, page, 'room', lacksAnswers, (bar) => {
    const sentence = document.createElement('span');
    sentence.setAttribute('role', 'status');
    bar.append(sentence);
    root.prepend(bar);
    // What is there before it says something is read out more reliably.
    sentence.textContent = page.lms.words.room;
  });
}

/** The bar of that name, made where there is none; it goes where it is not wanted, and the focus with it to the course. */
function bar(root, page, name, isWanted, fill) {
  const found = root.querySelector(`.update.${name}`);
  if (!isWanted) {
    if (found?.contains(root.activeElement)) root.querySelector('main')?.focus();
    found?.remove();
    return undefined;
  }
  if (found) return found;
  const { tag, rtl } = page.words.language;
  const made = Object.assign(document.createElement('aside'), { className: `update ${name}`, lang: tag, dir: rtl ? 'rtl' : 'ltr' });
  fill(made);
  return made;
}

function button(text, onclick) {
  return Object.assign(document.createElement('button'), { type: 'button', className: 'plain', textContent: text, onclick });
}

/** How many, in the words of the course's language. */
function counted(page, n) {
  const { locale } = page.words;
  const { unsent } = page.lms.words;
  const pattern = unsent[new Intl.PluralRules(locale).select(n)] ?? unsent.other;
  return pattern.replace('#', new Intl.NumberFormat(locale).format(n));
}

/** Whether that is the address of a page, and nothing that would run here. */
function isWeb(address) {
  try {
    return ['http:', 'https:'].includes(new URL(address, location.href).protocol) && Boolean(address);
  } catch {
    return false;
  }
}
