// Keeps every file of one version of the page for when there is no network, and answers with these and no others.
//
// `cargo xtask build` writes the list of files into this text, each with the hash of its bytes. So a new version is
// a new text, which the browser notices by itself; and a file of another version, because the site was updated
// halfway or a cache on the way is behind, is refused. The new version waits until somebody wants it: then the page,
// which knows the run, says `take over` and reloads.

const FILES = FILES_OF_THE_PAGE;
// Another folder of the same site may hold another page with a worker of its own.
const OURS = `netsplit ${registration.scope} `;
const CACHE = `${OURS}VERSION_OF_THE_PAGE`;

addEventListener('install', (event) => event.waitUntil(keepAll()));
addEventListener('activate', (event) => event.waitUntil(dropOld()));
addEventListener('message', ({ data }) => data === 'take over' && skipWaiting());
addEventListener('fetch', (event) => {
  const path = pathOf(event.request.url);
  if (event.request.method === 'GET' && path) event.respondWith(answer(event.request, path));
});

// One after another, since whoever looks at the page has the line first; and what has come before the line broke
// is still there at the next try.
async function keepAll() {
  const cache = await caches.open(CACHE);
  for (const [path, integrity] of Object.entries(FILES)) {
    if (!(await cache.match(addressOf(path)))) await cache.put(addressOf(path), await fetched(path, integrity));
  }
}

async function fetched(path, integrity) {
  const get = (cache) => fetch(addressOf(path), { cache, integrity });
  // What the page has just fetched need not come twice, unless it is of another version.
  const response = await get('default').catch(() => get('reload'));
  if (!response.ok) throw new Error(`Could not load ${path}: ${response.status}`);
  // Some hosts redirect to a name without `.html`, and no browser opens a page that it was redirected to before.
  return response.redirected ? new Response(response.body, { headers: response.headers }) : response;
}

// The version before stays, for windows that still show it and may need more of it.
async function dropOld() {
  const others = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

// What is not of this version is of the version before, or never was kept.
async function answer(request, path) {
  const ours = Object.hasOwn(FILES, path) && (await caches.open(CACHE));
  return (await (ours || caches).match(addressOf(path))) || fetch(request);
}

function addressOf(path) {
  return new URL(path, registration.scope).href;
}

// Below the folder of the page, without query and fragment; nothing for what lies elsewhere.
function pathOf(href) {
  const { origin, pathname } = new URL(href);
  if (!(origin + pathname).startsWith(registration.scope)) return null;
  const path = (origin + pathname).slice(registration.scope.length);
  return path === '' || path === 'index.html' ? './' : path;
}
