// Starts the page that is one file: `cargo xtask build` puts this text behind the script that wasm-bindgen made,
// so it can use what that has, and puts the module into the element that it reads.
//
// Nothing is fetched: from `file://`, in a sandbox or in `srcdoc` there is nowhere to fetch from.

const packed = document.getElementById('netsplit-module');
const bytes = Uint8Array.from(atob(packed.textContent), (character) => character.charCodeAt(0));
const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
// The text is as large as the module and no longer needed.
packed.remove();

const started = await __wbg_init({
  module_or_path: new Response(unpacked, { headers: { 'Content-Type': 'application/wasm' } }),
});
dispatchEvent(new CustomEvent('TrunkApplicationStarted', { detail: { wasm: started } }));
