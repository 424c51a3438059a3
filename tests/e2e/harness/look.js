// Ways to look at the page; each script of a story begins with them. Nothing here changes the page.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const tidy = (text) => (text || '').replace(/\s+/g, ' ').trim();

// Text without what is hidden from those who do not see the page.
const spoken = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  if (node.getAttribute('aria-hidden') === 'true') return '';
  return [...node.childNodes].map(spoken).join(' ');
};

// What a person who does not see the page is told that an element is.
const nameOf = (element) => {
  const by = element.getAttribute('aria-labelledby');
  const parts = [
    by && by.split(' ').map((id) => document.getElementById(id)?.textContent).join(' '),
    element.getAttribute('aria-label'),
    element.labels && element.labels[0] && spoken(element.labels[0]),
    spoken(element),
    element.title,
  ];
  return tidy(parts.find((part) => tidy(part)));
};

const isShown = (element) =>
  element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';

const named = (selector, pattern, root = document) =>
  all(selector, root).find((element) => isShown(element) && pattern.test(nameOf(element)));
const button = (pattern) => named('button, [role=button], [role=menuitem], summary, a[href]', pattern);
const field = (pattern) => named('input, select, textarea, [role=slider]', pattern);
const dialog = (pattern) => named('dialog[open]', pattern);
const grip = (id) => document.querySelector(`[data-grip="${id}"][aria-label]`);

// Points at which an element may be touched: along its line if it is one, else over its box.
const candidates = (element) => {
  const line = element.querySelector('.wall-hit, .link-hit');
  if (line) {
    const matrix = line.getScreenCTM();
    const length = line.getTotalLength();
    return [0.5, 0.3, 0.7, 0.4, 0.6, 0.2, 0.8, 0.1, 0.9].map((part) =>
      line.getPointAtLength(part * length).matrixTransform(matrix));
  }
  const box = (element.querySelector('.node-body, .client-body') || element).getBoundingClientRect();
  return [0.5, 0.3, 0.7, 0.15, 0.85].flatMap((down) => [0.5, 0.3, 0.7, 0.15, 0.85].map((right) =>
    ({ x: box.left + box.width * right, y: box.top + box.height * down })));
};

// A point of the element that a pointer would really touch; nothing if something covers it.
const spot = (element) => {
  if (!element || !isShown(element)) return null;
  const found = candidates(element).find(({ x, y }) => {
    const hit = document.elementFromPoint(x, y);
    return hit && element.contains(hit);
  });
  return found ? { x: Math.round(found.x), y: Math.round(found.y) } : null;
};

// Where what is inside a frame begins in the window, and how much larger it is there.
const box_of = (frame) => {
  const { x, y, width } = frame.getBoundingClientRect();
  const scale = width / frame.offsetWidth;
  return { x: x + frame.clientLeft * scale, y: y + frame.clientTop * scale, scale };
};

// Everybody on the stage.
const people = () => all('[data-grip^="node:"][aria-label]').map((element) => {
  const body = element.querySelector('.node-body, .client-body').getBoundingClientRect();
  return {
    id: element.dataset.grip.slice('node:'.length),
    label: element.getAttribute('aria-label'),
    x: body.left + body.width / 2,
    y: body.top + body.height / 2,
  };
});

const walls = () => all('[data-grip^="wall:"][aria-label]').map((wall) => nameOf(wall));

const moment = () => {
  const { digest, timeNs, step } = document.querySelector('main').dataset;
  return { digest, time_ns: Number(timeNs), step: Number(step) };
};
const isPlaying = () => Boolean(button(/^Pause$/));
const hasFocus = (element) => Boolean(element) && document.activeElement === element;

// What makes the page scroll sideways, and buttons whose words do not fit.
const overflowing = () => {
  const page = document.scrollingElement;
  const wide = page.scrollWidth > innerWidth
    ? all('body *').filter((element) => element.getBoundingClientRect().right > innerWidth + 1).slice(0, 3) : [];
  const clipped = all('button').filter((element) => isShown(element) && element.scrollWidth > element.clientWidth + 1);
  return wide.concat(clipped).map((element) => element.outerHTML.slice(0, 120));
};

// What can be pressed and is smaller than 24 by 24 pixels. Words in a line of text may be as high as the line.
const small_targets = () => {
  const targets = all('button, a[href], input, select, summary, [role=tab], [role=slider]').filter(isShown);
  const boxes = targets.filter((element) => !element.closest('p, li > span, .unseen, .prose')).map((element) => {
    const label = element.labels && element.labels[0];
    const { width, height } = (label || element).getBoundingClientRect();
    return { element, width, height };
  });
  return boxes.filter(({ width, height }) => width > 1 && (width < 23.5 || height < 23.5))
    .map(({ element, width, height }) => `${Math.round(width)}x${Math.round(height)} ${element.outerHTML.slice(0, 100)}`);
};

// A colour of the system, as computed styles tell it.
const system_colour = (name) => {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = name;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

const middle = (selector) => {
  const { left, top, width, height } = document.querySelector(selector).getBoundingClientRect();
  return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
};
