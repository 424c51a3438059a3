
// Behind the script of an instrumented page: has it wait for the rest as a split page does, and sends which points were reached, some time after the first movement.
const AFTER_MOVEMENT_MS = 500;

netsplit.awaitsRest = true;

function afterMovement(then) {
  const time = () => document.querySelector('main')?.dataset.timeNs;
  const before = time();
  const look = () => (time() === before ? requestAnimationFrame(look) : setTimeout(then, AFTER_MOVEMENT_MS));
  look();
}

addEventListener('TrunkApplicationStarted', () =>
  afterMovement(() => fetch('hits', { method: 'POST', body: new Uint8Array(wasm.hits.buffer) })));
