// What stands in a release in the place of functions of these names that wasm-bindgen makes, or is called by what is left of
// others: the same for browsers that run the wasm at all. It has references to objects, and no page of it is as large as 2 GB.

function addToExternrefTable0(obj) {
  const idx = wasm.__externref_table_alloc();
  wasm.__wbindgen_externrefs.set(idx, obj);
  return idx;
}

/** An object, if it is one. */
function maybe(obj) {
  return isLikeNone(obj) ? 0 : addToExternrefTable0(obj);
}

/** That function, handing what it throws to the wasm. */
function caught(act) {
  return (...args) => {
    try {
      return act(...args);
    } catch (error) {
      wasm.__wbindgen_exn_store(addToExternrefTable0(error));
    }
  };
}

/** Writes to that address where a string is, if it is one, and how long. */
function giveString(at, text) {
  const ptr = isLikeNone(text) ? 0 : passStringToWasm0(text);
  getUint32ArrayMemory0().set([ptr, WASM_VECTOR_LEN], at / 4);
}

function getStringFromWasm0(ptr, len) {
  return cachedTextDecoder.decode(getUint8ArrayMemory0().subarray(ptr, ptr + len));
}

function getArrayJsValueFromWasm0(ptr, len) {
  const values = [...getArrayU32FromWasm0(ptr, len)].map((idx) => wasm.__wbindgen_externrefs.get(idx));
  wasm.__externref_drop_slice(ptr, len);
  return values;
}

function getArrayU32FromWasm0(ptr, len) {
  return getUint32ArrayMemory0().subarray(ptr / 4, ptr / 4 + len);
}

/** Few numbers go that way. */
function getDataViewMemory0() {
  return new DataView(wasm.memory.buffer);
}

function passStringToWasm0(text) {
  let { length } = text;
  let ptr = wasm.__wbindgen_malloc(length, 1);
  const bytes = getUint8ArrayMemory0();
  let offset = 0;
  // Most strings are short and plain, and then this is quicker.
  for (; offset < length; offset++) {
    const code = text.charCodeAt(offset);
    if (code > 127) break;
    bytes[ptr + offset] = code;
  }
  if (offset < length) {
    const rest = text.slice(offset);
    ptr = wasm.__wbindgen_realloc(ptr, length, (length = offset + rest.length * 3), 1);
    offset += cachedTextEncoder.encodeInto(rest, getUint8ArrayMemory0().subarray(ptr + offset)).written;
    ptr = wasm.__wbindgen_realloc(ptr, length, offset, 1);
  }
  WASM_VECTOR_LEN = offset;
  return ptr;
}
