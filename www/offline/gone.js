// Stands in the place of offline.js where nothing shall be kept: beside a page under development, or on a site that
// wants to be rid of it. It ends what an earlier visit has installed here.

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(goAway()));

async function goAway() {
  const ours = (await caches.keys()).filter((name) => name.startsWith(`netsplit ${registration.scope} `));
  await Promise.all(ours.map((name) => caches.delete(name)));
  await registration.unregister();
  for (const page of await clients.matchAll({ type: 'window' })) page.navigate(page.url);
}
