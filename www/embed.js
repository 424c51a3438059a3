// <netsplit-lab>: a lab of Netsplit in any page. One file, no dependency, no build step.
//
//   <script async src="https://example.org/netsplit/embed.js"></script>
//   <netsplit-lab scenario="raft/minority-leader" step="300"><img src="poster.svg" alt="…"></netsplit-lab>
//
// What the element contains is its poster: it stands there in print, without scripts, and until the lab is ready;
// poster="lab-{theme}.svg" is another one for the screen, in the host's theme. The lab itself is a frame that is
// fetched when it comes near the viewport and pauses when it leaves it.
// embed/demo.html beside this file shows everything that it can be told and asked.
(() => {
  'use strict';
  if (customElements.get('netsplit-lab')) return;

  // The page lies beside this script, wherever that is. A module is not told which element it came from.
  const script = document.currentScript || document.querySelector('script[src*="embed.js"]');
  const BESIDE = script ? script.src : location.href;

  // Which run it is stands in the fragment, which reaches no server; how it is shown stands in the query.
  const RUN = ['scenario', 's', 'src', 'lesson', 'seed', 't', 'step', 'h', 'vs'];
  const LOOK = ['play', 'speed', 'controls', 'panels', 'lock', 'verdict', 'motion', 'lang', 'zoom', 'allowLinks'];
  const PATIENCE_MS = 15000;

  // Not a <style> element, which a strict content security policy of the host would refuse.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; position: relative; aspect-ratio: 16 / 10; overflow: hidden; break-inside: avoid }
    :host([hidden]) { display: none }
    iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; visibility: hidden }
    img, ::slotted(*) { display: block; width: 100%; height: 100%; object-fit: contain; margin: 0 }
    a { position: absolute; inset: auto 0 0; padding: 8px; text-align: center; color: LinkText; background: Canvas }
    .paper { display: none }
    .live iframe { visibility: visible }
    .live .poster { visibility: hidden }
    @media (max-width: 520px) { :host { aspect-ratio: 1 } }
    @media print {
      :host { aspect-ratio: auto; height: auto !important }
      iframe, a, img.poster, [data-own] .paper ~ .paper { display: none }
      .live .poster { visibility: visible }
      .paper { display: block }
    }`);

  // ---- The host's theme -------------------------------------------------------------------------------------

  // mdBook, Docusaurus, Sphinx, MkDocs Material, MyST and Bootstrap, in the words that each uses.
  const WORDS = { dark: /^(dark|slate|coal|navy|ayu)$/, light: /^(light|default|rust)$/ };
  const THEME_ATTRIBUTES = ['class', 'data-theme', 'data-md-color-scheme', 'data-bs-theme'];
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

  function themeByName() {
    for (const element of [document.body, document.documentElement]) {
      const words = THEME_ATTRIBUTES.map((name) => element?.getAttribute(name) || '').join(' ').split(/\s+/);
      for (const theme in WORDS) if (words.some((word) => WORDS[theme].test(word))) return theme;
    }
  }

  // A host that names no theme has a colour behind the lab all the same.
  function themeByColour(element) {
    for (let behind = element; behind; behind = behind.parentElement) {
      const [red, green, blue, alpha = 1] = getComputedStyle(behind).backgroundColor.match(/[\d.]+/g) || [];
      if (alpha > 0.5) return red * 0.3 + green * 0.6 + blue * 0.1 < 128 ? 'dark' : 'light';
    }
    const scheme = getComputedStyle(element).colorScheme;
    return scheme.includes('dark') && (!scheme.includes('light') || systemIsDark.matches) ? 'dark' : 'light';
  }

  // ---- What all labs of a page share ------------------------------------------------------------------------

  const labs = new Set();
  const paintAll = () => labs.forEach((lab) => lab.paint());
  const watch = (margin, then) => new IntersectionObserver(
    (entries) => entries.forEach((entry) => then(entry.target, entry.isIntersecting)), { rootMargin: margin });
  const near = watch('60% 0%', (lab, isNear) => isNear && lab.start());
  const seen = watch('0%', (lab, isSeen) => lab.see(isSeen));

  const themes = new MutationObserver(paintAll);
  const watched = { attributes: true, attributeFilter: [...THEME_ATTRIBUTES, 'style'] };
  themes.observe(document.documentElement, watched);
  systemIsDark.addEventListener('change', paintAll);
  // A colour that changes slowly is known at its end.
  addEventListener('transitionend', ({ target }) => target === document.body && paintAll());
  addEventListener('message', ({ source, data }) => {
    labs.forEach((lab) => source && source === lab.frame?.contentWindow && data && lab.hear(data));
  });

  const written = (name, value) =>
    name + '=' + encodeURIComponent(value).replace(/%(2C|2F|3A|40)/g, decodeURIComponent);
  const make = (name, given) => Object.assign(document.createElement(name), given);
  let lastCall = 0;

  class NetsplitLab extends HTMLElement {
    static observedAttributes = [...RUN, ...LOOK.map((name) => name.toLowerCase()), 'theme', 'resize', 'poster', 'page'];

    #box = make('div');
    #calls = new Map();
    #isSeen = false;
    #resumes = false;
    #changed = new Set();

    constructor() {
      super();
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheet];
      root.append(this.#box);
    }

    connectedCallback() {
      labs.add(this);
      if (document.body) themes.observe(document.body, watched);
      this.stop();
      near.observe(this);
      seen.observe(this);
    }

    disconnectedCallback() {
      labs.delete(this);
      near.unobserve(this);
      seen.unobserve(this);
      this.stop();
    }

    // ---- Commands: each promises the frame's answer, and starts the lab if need be --------------------------

    play() { return this.#call('play'); }
    pause() { return this.#call('pause'); }
    reset() { return this.#call('reset'); }
    step(count = 1) { return this.#call('step', { count }); }
    /** Microseconds of virtual time, or `{ step }`. */
    seek(to) { return this.#call('seek', typeof to === 'object' ? to : { t: to }); }
    /** A fragment such as the share dialog copies: `#scenario=…` or `#s=…`. */
    load(fragment) { return this.#call('load', { fragment }); }
    getState() { return this.#call('getState'); }
    exportSvg() { return this.#call('exportSvg'); }

    async #call(type, given) {
      this.start();
      await this.ready;
      return new Promise((resolve, reject) => {
        this.#calls.set(++lastCall, { resolve, reject });
        // The origin of a file is opaque, and no address can name it.
        const { origin } = new URL(this.frame.src);
        const message = { netsplit: 1, id: lastCall, type, ...given };
        this.frame.contentWindow.postMessage(message, origin === 'null' ? '*' : origin);
      });
    }

    // ---- The frame ------------------------------------------------------------------------------------------

    /** Fetches the lab now, wherever it stands. */
    start() {
      if (this.frame || !this.isConnected) return;
      this.ready = new Promise((resolve, reject) => { this.settle = { resolve, reject }; });
      // Whoever waits for it is told; if nobody does, nobody need be.
      this.ready.catch(() => {});
      const title = this.title || 'Netsplit lab: ' + (this.getAttribute('scenario') || 'a run');
      const { theme } = this;
      this.frame = make('iframe', { title, allow: 'clipboard-write; fullscreen' });
      this.frame.style.colorScheme = theme;
      this.frame.src = this.address({ embed: 1, theme, resize: this.getAttribute('resize') || 1 });
      this.#box.append(this.frame);
      this.timer = setTimeout(() => this.#giveUp(), PATIENCE_MS);
    }

    /** The poster alone. */
    stop() {
      clearTimeout(this.timer);
      this.settle?.reject(new Error('the lab was taken away'));
      this.#calls.forEach(({ reject }) => reject(new Error('the lab was taken away')));
      this.#calls.clear();
      this.frame = this.settle = null;
      this.#resumes = false;
      this.#box.className = '';
      this.#box.replaceChildren(...this.#posters());
      this.style.height = this.style.aspectRatio = '';
    }

    // Paper is light whatever the screen is, and what the author put into the element goes before all else.
    #posters() {
      const poster = this.getAttribute('poster');
      const slot = make('slot', { className: poster ? 'paper' : 'poster' });
      slot.onslotchange = () => this.#box.toggleAttribute('data-own', slot.assignedElements().length > 0);
      const image = (className, theme) =>
        make('img', { className, alt: this.title, src: poster.replace('{theme}', theme) });
      return poster ? [slot, image('paper', 'light'), image('poster', this.theme)] : [slot];
    }

    // The host forbids frames, the page is not where it should be, or far away: the poster stays, with a way out.
    #giveUp() {
      const link = make('a', { href: this.address({}), target: '_blank', textContent: 'Open this lab in its own page' });
      this.#box.append(link);
      this.settle.reject(new Error('the lab did not start'));
      this.#tell('error', { text: 'the lab did not start' });
    }

    /** The page, with these options, the element's own, and its run. */
    address(options) {
      const given = (names) => names.filter((name) => this.hasAttribute(name)).map((name) => [name, this.getAttribute(name)]);
      const items = (entries) => entries.map((entry) => written(...entry)).join('&');
      const query = items([...Object.entries(options), ...(options.embed ? given(LOOK) : [])]);
      const base = new URL(this.getAttribute('page') || '.', this.hasAttribute('page') ? document.baseURI : BESIDE);
      return `${base.href}?${query}#${items(given(RUN))}`;
    }

    hear(message) {
      if (message.subject === 'lti.frameResize' && message.height > 0) this.#grow(message.height);
      if (message.netsplit !== 1) return;
      if (message.type === 'answer') return this.#answer(message);
      if (message.type === 'ready') this.#begin();
      this.#tell(message.type, message);
    }

    // The ratio goes, since with a height it would decide on the width.
    #grow(height) {
      const { style, offsetHeight, clientHeight } = this;
      style.aspectRatio = 'auto';
      style.height = height + (getComputedStyle(this).boxSizing === 'border-box' && offsetHeight - clientHeight) + 'px';
    }

    #begin() {
      clearTimeout(this.timer);
      this.#box.className = 'live';
      this.#box.querySelector('a')?.remove();
      this.settle.resolve();
      // It may have been given up before.
      this.ready = Promise.resolve();
      this.see(this.#isSeen);
    }

    #answer(message) {
      const call = this.#calls.get(message.id);
      this.#calls.delete(message.id);
      if (message.ok) call?.resolve(message);
      else call?.reject(new Error(message.error));
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent('netsplit-' + type, { detail, bubbles: true, composed: true }));
    }

    // Plays again only what played when it left the view.
    async see(isSeen) {
      this.#isSeen = isSeen;
      if (!this.#box.className) return;
      if (isSeen && this.#resumes) {
        this.#resumes = false;
        this.play();
      } else if (!isSeen && (await this.getState()).playing && !this.#isSeen) {
        this.#resumes = true;
        this.pause();
      }
    }

    // ---- Changes --------------------------------------------------------------------------------------------

    get theme() {
      const wish = this.getAttribute('theme') || 'auto';
      return wish === 'auto' ? themeByName() || themeByColour(this) : wish;
    }

    paint() {
      const { theme } = this;
      const poster = this.#box.querySelector('img.poster');
      if (poster) poster.src = this.getAttribute('poster').replace('{theme}', theme);
      if (!this.frame || this.frame.style.colorScheme === theme) return;
      this.frame.style.colorScheme = theme;
      if (this.#box.className) this.#call('theme', { theme });
    }

    // Several attributes that are set together are one change.
    attributeChangedCallback(name) {
      if (!this.isConnected) return;
      if (!this.#changed.size) queueMicrotask(() => this.#change());
      this.#changed.add(name);
    }

    #change() {
      const names = [...this.#changed];
      this.#changed.clear();
      if (names.every((name) => name === 'theme')) return this.paint();
      // By a message, since another address would be an entry in the host's history.
      if (names.every((name) => RUN.includes(name)) && this.frame) return this.load(new URL(this.address({})).hash);
      const wasStarted = this.frame;
      this.stop();
      if (wasStarted) this.start();
    }
  }

  customElements.define('netsplit-lab', NetsplitLab);
})();
