// What only a player in a frame of somebody else's page needs: the frame becomes as high as what is in it, the page hears
// what the learner achieves, and may say what shows. player.js loads it where the address of the page says `?embed`.

/** The version of the messages. docs/embedding.md tells what each of them means. */
const VERSION = 1;
/** What is told to a page that has named itself, as by the element of that name. */
const EVENTS = ['ready', 'start', 'answer', 'step', 'complete', 'error'];
/** What that page may change. */
const SETTABLE = ['step', 'exercise', 'theme', 'no-header', 'no-outline', 'no-foot'];

/** Has that player tell the page around, which says in our address that it is of that origin, or says nothing; with what player.js lends. */
export function report(player, named, { adopted }) {
  // How high a frame is, and that a step begins, tells nothing of a learner, so it may go to whoever is there.
  const send = (message) => parent.postMessage(message, '*');
  const post = (message, to) => parent.postMessage({ source: 'kurso', v: VERSION, ...message }, to);
  let last;
  let knowsH5p = false;
  const tell = (height) => {
    last = height;
    // H5P's script wants to be greeted first, and may come later than we do. Ours, which knows of borders, has the last word.
    send({ context: 'h5p', action: knowsH5p ? 'resize' : 'hello', scrollHeight: height });
    send({ subject: 'lti.frameResize', height });
    post({ type: 'height', height }, '*');
  };
  tellHeight(tell);
  player.addEventListener('kurso-step', () => {
    // What we scroll to is out of sight where the frame is as high as we are. Canvas has to be asked whether that is so.
    post({ type: 'scroll' }, '*');
    send({ subject: 'lti.fetchWindowSize' });
  });
  // What would follow the height of the frame, which follows ours.
  for (const tree of [document, player.shadowRoot]) adopted(tree).replaceSync('.outline:not(:popover-open) { position: static; max-height: none }');
  const origin = originOf(named);
  if (origin) for (const type of EVENTS) player.addEventListener(`kurso-${type}`, ({ detail }) => post({ type, detail }, origin));
  addEventListener('message', ({ data, source, origin: from }) => {
    if (source !== parent || !data) return;
    const { context, action, subject, offset, scrollY } = data;
    if (context === 'h5p' && ['ready', 'hello'].includes(action)) {
      knowsH5p = action === 'hello';
      if (last) tell(last);
    }
    if (subject === 'lti.fetchWindowSize.response' && offset?.top < scrollY) send({ subject: 'lti.scrollToTop' });
    if (from === origin && data.source === 'kurso' && data.v === VERSION) obey(player, data);
  });
}

/** Does what the page around asks for. */
function obey(player, { type, name, value }) {
  if (type !== 'set' || !SETTABLE.includes(name)) return;
  if (value === null) player.removeAttribute(name);
  else if (typeof value === 'string') player.setAttribute(name, value);
}

/** Calls with the height of the page in whole pixels, now and whenever it has changed by one at least. */
function tellHeight(tell) {
  let told = 0;
  new ResizeObserver(([entry]) => {
    const { height } = entry.target.getBoundingClientRect();
    if (Math.abs(height - told) < 1) return;
    told = height;
    tell(Math.ceil(height));
  }).observe(document.documentElement);
}

/** The origin that this address has; none if it is no address, so nothing is ever told to everybody. */
function originOf(address) {
  try {
    const { origin } = new URL(address);
    return origin === 'null' ? undefined : origin;
  } catch {
    return undefined;
  }
}
