// Deflate (RFC 1951), at once and in one block with the fixed code. A page that goes away waits for nothing, so what the
// browser has, which is asynchronous, comes too late; and some browsers have none. Any inflater reads it.

/** Where the lengths and the distances begin that have a code of their own, and how many bits tell one of each apart. */
const LENGTHS = ranges(3, 28, (code) => (code < 4 ? 0 : (code >> 2) - 1)).concat({ base: 258, bits: 0 });
const DISTANCES = ranges(1, 30, (code) => (code < 2 ? 0 : (code >> 1) - 1));
const SHORTEST = 3;
const LONGEST = 258;
const WINDOW = 32768;
/** So many earlier places are tried for the longest match. */
const TRIES = 64;
const END = 256;

function ranges(start, count, bitsOf) {
  let base = start;
  return Array.from({ length: count }, (_, code) => {
    const bits = bitsOf(code);
    const range = { base, bits };
    base += 1 << bits;
    return range;
  });
}

/** Those bytes, deflated. */
export function deflate(bytes) {
  const out = new BitWriter();
  const places = new Map();
  const key = (at) => bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
  const remember = (at) => {
    if (at + SHORTEST > bytes.length) return;
    const list = places.get(key(at));
    if (list) list.push(at);
    else places.set(key(at), [at]);
  };
  out.bits(0b011, 3);
  for (let at = 0; at < bytes.length; ) {
    const { length, distance } = longest(bytes, at, places.get(key(at)) ?? []);
    if (length < SHORTEST) {
      symbol(out, bytes[at]);
      remember(at++);
      continue;
    }
    const by = LENGTHS.findLastIndex(({ base }) => base <= length);
    symbol(out, END + 1 + by);
    out.bits(length - LENGTHS[by].base, LENGTHS[by].bits);
    const back = DISTANCES.findLastIndex(({ base }) => base <= distance);
    out.code(back, 5);
    out.bits(distance - DISTANCES[back].base, DISTANCES[back].bits);
    for (const end = at + length; at < end; at++) remember(at);
  }
  symbol(out, END);
  return out.bytes();
}

/** The longest match for what comes there, at one of those places. */
function longest(bytes, at, places) {
  let best = { length: 0, distance: 0 };
  for (const place of places.slice(-TRIES).reverse()) {
    if (at - place > WINDOW) break;
    let length = 0;
    while (length < LONGEST && at + length < bytes.length && bytes[place + length] === bytes[at + length]) length++;
    if (length > best.length) best = { length, distance: at - place };
  }
  return best;
}

/** Writes a literal, the end, or a length by its fixed code. */
function symbol(out, value) {
  if (value < 144) out.code(0x30 + value, 8);
  else if (value < 256) out.code(0x190 + value - 144, 9);
  else if (value < 280) out.code(value - 256, 7);
  else out.code(0xc0 + value - 280, 8);
}

/**
 * The bytes that were deflated so.
 *
 * @param {number} largest more bytes than that are not inflated
 * @throws if they were deflated in another way, or are not all there
 */
export function inflate(deflated, largest) {
  const from = new BitReader(deflated);
  if (from.bits(3) !== 0b011) throw new RangeError('another kind of block');
  const out = [];
  for (let value = read(from); value !== END; value = read(from)) {
    if (value < END) out.push(value);
    else {
      const length = from.range(LENGTHS[value - END - 1]);
      const distance = from.range(DISTANCES[from.code(5)]);
      if (distance > out.length) throw new RangeError('nothing is there');
      for (let copied = 0; copied < length; copied++) out.push(out[out.length - distance]);
    }
    if (out.length > largest) throw new RangeError('too much');
  }
  return Uint8Array.from(out);
}

/** The next literal, end or length. */
function read(from) {
  let code = from.code(7);
  if (code < 24) return END + code;
  code = (code << 1) | from.bits(1);
  if (code < 0xc0) return code - 0x30;
  if (code < 0xc8) return 280 + code - 0xc0;
  return 144 + ((code << 1) | from.bits(1)) - 0x190;
}

class BitWriter {
  #bits = [];

  /** Adds that number, its lowest bit first. */
  bits(value, count) {
    for (let at = 0; at < count; at++) this.#bits.push((value >> at) & 1);
  }

  /** Adds a code, its highest bit first. */
  code(value, count) {
    for (let at = count - 1; at >= 0; at--) this.#bits.push((value >> at) & 1);
  }

  bytes() {
    const bytes = new Uint8Array(Math.ceil(this.#bits.length / 8));
    this.#bits.forEach((bit, at) => (bytes[at >> 3] |= bit << (at & 7)));
    return bytes;
  }
}

class BitReader {
  #bytes;
  #at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  bits(count) {
    let value = 0;
    for (let at = 0; at < count; at++) value |= this.#next() << at;
    return value;
  }

  code(count) {
    let value = 0;
    for (let at = 0; at < count; at++) value = (value << 1) | this.#next();
    return value;
  }

  range(range) {
    if (!range) throw new RangeError('no such code');
    return range.base + this.bits(range.bits);
  }

  #next() {
    if (this.#at >> 3 >= this.#bytes.length) throw new RangeError('it is cut off');
    const bit = (this.#bytes[this.#at >> 3] >> (this.#at & 7)) & 1;
    this.#at++;
    return bit;
  }
}
