// Joins the late half of the module to the first one.
//
// `cargo xtask build --release` splits the module and puts this text behind the script that wasm-bindgen made, so
// it can use what that has: `wasm` (the exports of the first half), `wasmModule` and `__wbg_get_imports`. Each
// slot of the table that belongs to a function of the late half holds a stand-in at first. Whoever calls one
// before the late half is there waits until it is; nothing else is different.

// `cargo xtask` writes the name of the file here.
const LATE_HALF = new URL('LATE_FILE', import.meta.url);
// The first movement shall be on the screen before the rest takes the line.
const PAUSE_MS = 250;

let isWhole = false;
let isDressed = false;

// A synchronous request passes by the worker that keeps the page offline, and finds no network. But where that worker
// answers, the late half is on this machine, so it is read before the start.
const kept = await readKept();

async function readKept() {
  try {
    const response = navigator.serviceWorker.controller && (await fetch(LATE_HALF));
    return response && response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  } catch (_) {
    return null;
  }
}

function join(module) {
  if (isWhole) return;
  isWhole = true;
  new WebAssembly.Instance(module, { ...__wbg_get_imports(), first: wasm });
  netsplit.awaitsRest = false;
  // Not at once: this may be called from the middle of the module.
  setTimeout(() => dispatchEvent(new Event('netsplit:whole')));
}

// The style of what comes late lies beside the style sheet that is there.
function dress() {
  if (isDressed) return;
  isDressed = true;
  const worn = document.querySelector('link[rel="stylesheet"]');
  const rest = worn.cloneNode();
  rest.href = worn.href.replace(/\.css$/, '_late.css');
  worn.after(rest);
}

// Started after the first movement. If it fails, whoever needs the late half tries again and says so.
async function joinSoon() {
  dress();
  if (isWhole) return;
  try {
    join(await WebAssembly.compileStreaming(fetch(LATE_HALF)));
  } catch (error) {
    console.warn('the late half did not arrive', error);
  }
}

// What a stand-in calls. A module cannot wait, so this is one of the few uses of a synchronous request.
function joinNow() {
  dress();
  if (isWhole) return;
  try {
    join(new WebAssembly.Module(kept || fetchNow()));
  } catch (error) {
    netsplit.fail({ isNotLoaded: true, detail: error });
    throw error;
  }
}

// Read as text, since a synchronous request gives no bytes: this character set keeps each byte in a character.
function fetchNow() {
  const request = new XMLHttpRequest();
  request.open('GET', LATE_HALF, false);
  request.overrideMimeType('text/plain; charset=x-user-defined');
  request.send();
  if (request.status !== 200) throw new Error('Could not load ' + LATE_HALF + ': ' + request.status);
  return Uint8Array.from(request.responseText, (character) => character.charCodeAt(0));
}

// ---- Stand-ins --------------------------------------------------------------------------------------------

// A number in three bytes, where the format allows one to five.
const number = (value) => [(value & 127) | 128, ((value >> 7) & 127) | 128, value >> 14];
const list = (items) => [...number(items.length), ...items.flat()];
const section = (id, content) => [id, ...number(content.length), ...content];
const noted = (name) => new Uint8Array(WebAssembly.Module.customSections(wasmModule, name)[0]);

// A stand-in calls `joinNow`, then what stands in its slot by then, with the same parameters.
function standIn(slot, type, parameters) {
  const passed = Array.from({ length: parameters }, (_, local) => [0x20, local]).flat();
  const code = [0, 0x10, 0, ...passed, 0x41, ...number(slot), 0x11, ...number(type), 0, 0x0b];
  return [...number(code.length), ...code];
}

// A module that imports `joinNow` and the table, and fills its slots: made here, because its hundreds of
// functions are all alike. The last type is that of `joinNow`.
function standIns() {
  const [types, parameters] = [noted('types'), noted('parameters')];
  const late = [...new Uint16Array(noted('slots').buffer)].entries().filter(([, type]) => type > 0);
  const slots = [...late].map(([slot, type]) => [slot, type - 1]);
  const imports = [[1, 0x61, 1, 0x6a, 0, ...number(parameters.length - 1)], [1, 0x61, 1, 0x74, 1, 0x70, 0, 0]];
  return new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...types,
    ...section(2, list(imports)),
    ...section(3, list(slots.map(([, type]) => number(type)))),
    ...section(9, list(slots.map(([slot], place) => [0, 0x41, ...number(slot), 0x0b, 1, ...number(place + 1)]))),
    ...section(10, list(slots.map(([slot, type]) => standIn(slot, type, parameters[type])))),
  ]);
}

// Called between the making of the first half and its start.
function prepareLateHalf() {
  netsplit.awaitsRest = true;
  const module = new WebAssembly.Module(standIns());
  new WebAssembly.Instance(module, { a: { j: joinNow, t: wasm['0t'] } });
  addEventListener('TrunkApplicationStarted', () => setTimeout(joinSoon, PAUSE_MS));
}
