// Sets the theme before the first paint and, when the page fails, draws a plain overlay outside the module.
//
// In WebAssembly a panic aborts and everything inside the module is lost. So the link to the current run lives
// here, and so does the overlay that offers it. This file therefore depends on nothing, needs no build step and
// keeps to old syntax: it must also run in a browser that cannot run the rest.
//
//   netsplit.setLink(href)     call after every intervention, with the link that reopens this moment
//   netsplit.link              the last such link, or null
//   netsplit.fail(problem)     draw the overlay: { title, detail, isNotLoaded } or a plain message; the first
//                              call wins
//   netsplit.setTheme(choice)  'light', 'dark', 'contrast' or 'auto': shown at once, and remembered where storage
//                              allows, unless the page is embedded
//   netsplit.theme             the choice in force
//   netsplit.words()           undefined for English; else a promise of the sentences of the reader's language, empty
//                              if they cannot be had
//   netsplit.awaitsRest        whether a part of the page is still to come; late.js sets it, and says the event
//                              `netsplit:whole` when that part is there
(function () {
  'use strict';

  var root = document.documentElement;

  // ---- Theme ------------------------------------------------------------------------------------------------

  var THEME_KEY = 'netsplit.theme';
  var systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');

  function isTheme(choice) {
    return ['light', 'dark', 'contrast', 'auto'].indexOf(choice) >= 0;
  }

  // What an embedding page asks for is no habit of the reader's, nor the reverse.
  var query = new URLSearchParams(location.search);
  var isEmbedded = query.get('embed') === '1' || location.protocol === 'about:';

  // Storage throws in a sandbox and in some private windows; remembering is a bonus.
  function rememberedTheme() {
    if (isEmbedded) return null;
    try {
      return localStorage.getItem(THEME_KEY);
    } catch (_) {
      return null;
    }
  }

  function rememberTheme(choice) {
    if (isEmbedded) return;
    try {
      localStorage.setItem(THEME_KEY, choice);
    } catch (_) {
      return;
    }
  }

  // The link's wish goes before the reader's habit, because an embedding page asks through the link.
  function openingTheme() {
    var wishes = [query.get('theme'), rememberedTheme()];
    return wishes.filter(isTheme)[0] || 'auto';
  }

  // The style sheet knows no `auto`, so it is resolved here, always.
  function showTheme() {
    var system = systemIsDark.matches ? 'dark' : 'light';
    root.dataset.theme = netsplit.theme === 'auto' ? system : netsplit.theme;
  }

  function setTheme(choice) {
    if (!isTheme(choice)) return;
    netsplit.theme = choice;
    rememberTheme(choice);
    showTheme();
  }

  // ---- Language ---------------------------------------------------------------------------------------------

  // So long the page waits for the sentences once everything else is there.
  var MOMENT_MS = 2500;
  var sentences;

  // English stands in the module. Sentences in another language are a file beside the page, named in its head, or
  // an element if the page is one file.
  function fetchSentences() {
    var wish = new URLSearchParams(location.search).get('lang') || 'auto';
    var code = (wish === 'auto' ? navigator.language || '' : wish).slice(0, 2);
    var element = document.getElementById('netsplit-words-' + code);
    var named = document.getElementsByName('words-' + code)[0];
    if (element) sentences = Promise.resolve(element.textContent);
    else if (named) sentences = fetch(named.content).then(textOf).catch(function () { return ''; });
  }

  function textOf(response) {
    return response.ok ? response.text() : '';
  }

  function words() {
    var late = new Promise(function (resolve) { setTimeout(resolve, MOMENT_MS, ''); });
    return sentences && Promise.race([sentences, late]);
  }

  // ---- What went wrong --------------------------------------------------------------------------------------

  var NEEDS_WASM =
    'Netsplit’s simulator is made of WebAssembly, which this browser cannot run, or is set not to run. ' +
    'A current Firefox, Chrome, Edge or Safari can. The link below opens the same run there.';
  var NOT_LOADED =
    'A part of the page did not arrive. The connection may be gone, or the site was updated while the page ' +
    'was open. Nothing is lost: try again, or keep the link below for later.';
  var NOT_STARTED =
    'The page failed while it was opening this link. Try again, keep the link below for later, or start fresh.';
  var STOPPED =
    'Something inside the page failed, so the run cannot go on here. It is kept in the link below, up to your ' +
    'last change: reopen it at this moment, or start fresh.';
  var FROM_A_FILE =
    'Browsers do not start modules from files on disk. In the folder of the source, run “cargo xtask serve” ' +
    'and open the address that it prints.';

  var started = false;

  function canRunModules() {
    return typeof WebAssembly === 'object' && 'noModule' in HTMLScriptElement.prototype;
  }

  // Before the start only the loader and our own code run. A panic of ours ends in a RuntimeError; the loader
  // throws others: for a module that is missing, or of another build than its script.
  function sentenceAtStart(error) {
    if (!canRunModules()) return NEEDS_WASM;
    if (error instanceof WebAssembly.CompileError) return NEEDS_WASM;
    return error === null || error instanceof WebAssembly.RuntimeError ? NOT_STARTED : NOT_LOADED;
  }

  // Extensions run in this window too, and browsers report layout loops that harm nothing.
  function isNotOurs(event) {
    var error = event.error || event.reason;
    var origin = (event.filename || '') + ((error && error.stack) || '');
    return /-extension:\/\//.test(origin) || /^ResizeObserver loop/.test(event.message || '');
  }

  // Chromium's stack begins with the message, Firefox's and Safari's do not.
  function describe(error) {
    var message = String(error || 'no further detail');
    var stack = (error && error.stack) || '';
    return stack.indexOf(message) === 0 ? stack : (message + '\n' + stack).trim();
  }

  function sentenceFor(error) {
    return started ? STOPPED : sentenceAtStart(error);
  }

  function onError(event) {
    if (event.target instanceof HTMLScriptElement) {
      var file = event.target.src || 'the start script’s modules';
      draw({ text: location.protocol === 'file:' ? FROM_A_FILE : NOT_LOADED, detail: 'Could not load ' + file });
    } else if (event instanceof ErrorEvent && !isNotOurs(event)) {
      draw({ text: sentenceFor(event.error), detail: describe(event.error || event.message) });
    }
  }

  function onRejection(event) {
    if (isNotOurs(event)) return;
    draw({ text: sentenceFor(event.reason), detail: describe(event.reason) });
  }

  function fail(problem) {
    var given = typeof problem === 'object' && problem !== null ? problem : { detail: problem };
    var text = given.isNotLoaded ? NOT_LOADED : sentenceFor(null);
    draw({ title: given.title, text: text, detail: describe(given.detail) });
  }

  // ---- The overlay ------------------------------------------------------------------------------------------

  var drawn = false;

  // One failure brings others after it (a panic ends in a trap); the first is the cause.
  function draw(problem) {
    if (drawn) return;
    drawn = true;
    if (document.body) show(problem);
    else document.addEventListener('DOMContentLoaded', function () { show(problem); });
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function button(text, action) {
    var made = element('button', 'failure-button', text);
    made.type = 'button';
    made.addEventListener('click', action);
    return made;
  }

  function linkField(link) {
    var field = element('input', 'failure-link');
    field.readOnly = true;
    field.value = link;
    field.addEventListener('focus', function () { field.select(); });
    return field;
  }

  function detailOf(problem) {
    var detail = element('details', 'failure-detail');
    detail.append(element('summary', '', 'Technical detail'), element('pre', '', problem.detail));
    return detail;
  }

  // The clipboard may be missing or refused (an iframe, plain http): then the selected field is the way.
  function copy(field, status) {
    function byHand() {
      field.focus();
      status.textContent = document.execCommand('copy')
        ? 'Copied.'
        : 'The browser did not allow copying: the link is selected, copy it by hand.';
    }
    if (!navigator.clipboard) return byHand();
    navigator.clipboard.writeText(field.value).then(function () { status.textContent = 'Copied.'; }, byHand);
  }

  // Links often differ in their fragment alone, which does not reload by itself. An opaque sandbox refuses to
  // replace the state; there plain navigation has to do.
  function open(link) {
    try {
      history.replaceState(null, '', link);
      location.reload();
    } catch (_) {
      location.replace(link);
    }
  }

  function barePage() {
    return location.href.split('#')[0].split('?')[0];
  }

  function show(problem) {
    var link = netsplit.link || location.href;
    var dialog = element('dialog', 'failure');
    var title = element('h1', 'failure-title',
      problem.title || (started ? 'Netsplit has stopped' : 'Netsplit could not start'));
    var text = element('p', 'failure-text', problem.text);
    var label = element('label', 'failure-label', 'Link to this moment');
    var field = linkField(link);
    var status = element('p', 'failure-status');
    var actions = element('div', 'failure-actions');
    var reopen = button(started ? 'Reopen at this moment' : 'Try again', function () { open(link); });

    reopen.classList.add('failure-button-main');
    actions.append(reopen,
      button('Copy link', function () { copy(field, status); }),
      button('Start fresh', function () { open(barePage()); }));
    label.append(field);
    title.id = 'failure-title';
    text.id = 'failure-text';
    dialog.setAttribute('role', 'alertdialog');
    dialog.setAttribute('aria-labelledby', title.id);
    dialog.setAttribute('aria-describedby', text.id);
    status.setAttribute('role', 'status');
    dialog.append(title, text, label, actions, status, detailOf(problem));
    document.body.append(dialog);
    reveal(dialog);
    // Behind it stands a page that no longer answers, so Escape does not lead back there.
    dialog.addEventListener('close', function () { reveal(dialog); });
    reopen.focus();
  }

  function reveal(dialog) {
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute('open', '');
  }

  // Absolute, because the link is also shown and copied.
  function setLink(href) {
    netsplit.link = new URL(href, location.href).href;
  }

  // ---- Start ------------------------------------------------------------------------------------------------

  var netsplit = {
    link: null,
    theme: openingTheme(),
    setLink: setLink,
    setTheme: setTheme,
    words: words,
    fail: fail,
  };
  window.netsplit = netsplit;

  showTheme();
  // Older Safari knows only `addListener`; there the theme simply stays as it was at the start.
  if (systemIsDark.addEventListener) systemIsDark.addEventListener('change', showTheme);

  // The head and the body are read by then, and the module has not started.
  document.addEventListener('readystatechange', function () {
    if (document.readyState === 'interactive') fetchSentences();
  });

  // Captured, because a script that does not load reports to its own element only.
  window.addEventListener('error', onError, true);
  window.addEventListener('unhandledrejection', onRejection);
  window.addEventListener('TrunkApplicationStarted', function () { started = true; });

  if (!canRunModules()) draw({ text: NEEDS_WASM, detail: navigator.userAgent });
})();
