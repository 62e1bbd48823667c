// What only a board or an order needs, loaded when one shows for the first time. Dragging is a tap on an item and a tap on
// a slot in one go, or in an order a press of its button at each row that is passed; for mouse, pen and finger alike. An item
// is dragged by its handle alone, so a finger anywhere else still scrolls the page. Where the answers come up as a sheet, the prompt that was picked up is moved out from under it.

/** Less than this, in CSS pixels, is a tap with an unsteady hand. */
const STEADY = 10;
/** So near to the edge of the window, in CSS pixels, a drag scrolls the page. */
const EDGE = 48;

/** Makes every board in there one. */
export function play(root) {
  root.addEventListener('pointerdown', (event) => {
    const handle = event.target.closest('.board .handle');
    const chip = handle?.closest('button:not(:disabled)');
    if (!event.isPrimary || event.button !== 0) return;
    if (chip) drag(root, handle, chip, event);
    const row = event.target.closest('.order .handle')?.closest('li');
    if (row) slide(row, event);
  });
  root.addEventListener('click', (event) => {
    const chip = event.target.closest('.pairs .chip');
    // The sheet is there once the player has rendered.
    if (chip) requestAnimationFrame(() => uncover(chip));
  });
}

function drag(root, handle, chip, start) {
  const from = chip.getBoundingClientRect();
  let shadow;
  let last = start;
  let target;

  const move = (event) => {
    last = event;
    const [dx, dy] = [event.clientX - start.clientX, event.clientY - start.clientY];
    if (!shadow && Math.hypot(dx, dy) < STEADY) return;
    shadow ??= lift(root, chip, from);
    shadow.style.transform = `translate(${dx}px, ${dy}px)`;
    const under = root.elementFromPoint(event.clientX, event.clientY)?.closest('.slot, .pool');
    const next = under && chip.closest('.board').contains(under) ? under : undefined;
    if (next === target) return;
    target?.classList.remove('under');
    next?.classList.add('under');
    target = next;
  };
  const scroll = () => {
    if (!shadow) return;
    const by = last.clientY < EDGE ? -1 : last.clientY > innerHeight - EDGE ? 1 : 0;
    if (by) {
      scrollBy(0, by * 8);
      move(last);
    }
    requestAnimationFrame(scroll);
  };
  const begin = (event) => {
    const lifted = shadow;
    move(event);
    if (!lifted && shadow) requestAnimationFrame(scroll);
  };
  const end = (dropped) => {
    over.abort();
    const place = dropped ? target : undefined;
    target?.classList.remove('under');
    if (!shadow) return;
    shadow.remove();
    shadow = undefined;
    // The click that ends a drag is none.
    const swallow = (event) => event.stopPropagation();
    root.addEventListener('click', swallow, { capture: true });
    setTimeout(() => {
      root.removeEventListener('click', swallow, { capture: true });
      if (place) tap(chip, place);
    });
  };

  const over = new AbortController();
  const { signal } = over;
  handle.setPointerCapture(start.pointerId);
  handle.addEventListener('pointermove', begin, { signal });
  handle.addEventListener('pointerup', () => end(true), { signal });
  handle.addEventListener('pointercancel', () => end(false), { signal });
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    end(false);
  }, { signal, capture: true });
}

/** Moves a row of an order along with the pointer. */
function slide(row, start) {
  const [up, down] = row.querySelectorAll('.step');
  const middle = ({ top, height }) => top + height / 2;
  /** Where the pointer went: nowhere at first, and then nothing is passed. */
  let y;
  let passed = 0;
  const step = (by) => {
    passed += by;
    (by < 0 ? up : down).click();
  };
  const go = () => {
    if (over.signal.aborted) return;
    const [before, after] = [row.previousElementSibling, row.nextElementSibling];
    if (before && y < middle(before.getBoundingClientRect())) step(-1);
    else if (after && y > middle(after.getBoundingClientRect())) step(1);
    if (y < EDGE) scrollBy(0, -8);
    if (y > innerHeight - EDGE) scrollBy(0, 8);
    // One row at a time: the player has to render in between.
    requestAnimationFrame(go);
  };
  const end = () => {
    over.abort();
    row.classList.remove('sliding');
  };
  const back = () => {
    if (passed === 0) return;
    step(-Math.sign(passed));
    requestAnimationFrame(back);
  };

  const over = new AbortController();
  const { signal } = over;
  row.classList.add('sliding');
  start.preventDefault();
  // The row changes its place in the page, so its handle may lose the pointer.
  addEventListener('pointermove', (event) => (y = event.clientY), { signal });
  for (const name of ['pointerup', 'pointercancel']) addEventListener(name, end, { signal });
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    end();
    back();
  }, { signal, capture: true });
  requestAnimationFrame(go);
}

/** A likeness of the item that goes with the pointer. */
function lift(root, chip, { left, top, width }) {
  const shadow = chip.cloneNode(true);
  shadow.removeAttribute('id');
  shadow.classList.add('lifted');
  const place = { position: 'fixed', inset: 'auto', left: `${left}px`, top: `${top}px`, width: `${width}px`, margin: 0 };
  Object.assign(shadow.style, place);
  // Above everything, and where it is said to be, whatever the page around does with its boxes.
  shadow.popover = 'manual';
  chip.closest('.board').append(shadow);
  shadow.showPopover();
  return shadow;
}

/** Moves the prompt into view if the sheet of answers covers it. */
function uncover(chip) {
  const sheet = chip.closest('.pairs.holding')?.querySelector('.slots');
  if (!sheet || getComputedStyle(sheet).position !== 'sticky') return;
  if (chip.getBoundingClientRect().bottom > sheet.getBoundingClientRect().top) chip.scrollIntoView({ block: 'start' });
}

/** Does with two taps what the drag meant. */
function tap(chip, place) {
  const board = chip.closest('.board');
  // Whatever is held is let go first, so that the two taps mean these two things.
  board.querySelector('[aria-pressed="true"]')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  if (place.matches('.slot')) {
    chip.click();
    place.querySelector('.take').click();
  } else {
    chip.click();
    requestAnimationFrame(() => board.querySelector('.pool > button')?.click());
  }
}
