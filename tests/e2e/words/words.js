// Ways to look for texts that no table has reached, and for boxes that are too small for their texts.

// A person's own words, names in the address and in records, and what is typed.
// So are names of models, of a parameter's values and of a protocol's variables. The marks under a log are explained by their first letters, which splits texts.
const EXEMPT = 'code, kbd, pre, script, style, textarea, .mono, [translate=no], .log-legend, .share-digest, ' +
  '.history-claim, #panel-settings option, #panel-inspector dt';
// What stays when every translated text is taken out: innermost first, since texts hold others.
const untold = (text) => {
  let [rest, before] = [text, null];
  while (rest !== before) [before, rest] = [rest, rest.replace(/⟦[^⟦⟧]*⟧/g, ' ')];
  return rest;
};
// Numbers with their units, names of participants, keys and values are the same in all languages.
const sameEverywhere = /\b([nc]\d+|[A-Z]?\d+|[a-z]|[A-Z]|ns|µs|ms|kB|Netsplit|[0-9a-f]{16}|[a-z]+(_[a-z]+)+)\b|§[\d.]+|p\d+/g;
const isUntold = (text) => /\p{L}{2}/u.test(untold(text || '').replace(sameEverywhere, ' '));

const untoldTexts = () => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    // A text may begin in one node and end in another.
    const whole = holder.closest('button, p, li, td, th, dt, dd, label, h1, h2, h3, h4, option, span') || holder;
    const isOut = holder.closest(EXEMPT) || !(whole.getClientRects().length || whole.closest('option'));
    if (!isOut && isUntold(node.data) && isUntold(whole.textContent)) found.add(tidy(node.data));
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext', 'alt']) {
    for (const element of all(`[${name}]`)) {
      const value = element.getAttribute(name);
      if (!element.closest(EXEMPT) && isUntold(value)) found.add(`${name}: ${tidy(value)}`);
    }
  }
  return [...found];
};

// Buttons, tabs and labels whose words are cut off without a sign that there is more.
const clipped = () =>
  all('button, .button, [role=tab], [role=menuitem], label, legend, .pill, h2, h3').filter((element) => {
    if (!isShown(element) || element.closest('.unseen, [aria-hidden=true]')) return false;
    const { overflow, textOverflow, position } = getComputedStyle(element);
    const isWider = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
    const spills = overflow === 'visible' && position !== 'absolute' && isWider;
    return (isWider && overflow !== 'visible' && textOverflow !== 'ellipsis') || spills;
  }).map((element) => `${element.className || element.tagName}: ${tidy(element.textContent).slice(0, 60)}`);

const scrollsSideways = () => document.scrollingElement.scrollWidth > innerWidth;

const misfits = () => clipped().concat(scrollsSideways() ? ['the page scrolls sideways'] : []);

// What a text would have made, were it taken for markup.
const injected = () => all('img[src="x"]').map((image) => image.outerHTML).concat(window.injected ? ['a script ran'] : []);

// As if a key were pressed nowhere in particular.
const pressed = (key) => {
  window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  return document.documentElement;
};
const byId = (id) => document.getElementById(id);
const one = (selector) => document.querySelector(selector);

// Clicks, or presses Enter on what stands on the stage.
const activated = (element) => {
  if (!element) return false;
  if (element instanceof SVGElement) element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  else element.click();
  return true;
};
