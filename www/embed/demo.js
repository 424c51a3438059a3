// What the demonstration page adds to its labs: buttons in the prose, a theme switch, copying, a log of messages.
'use strict';

const SHOWN = 200;
const lab = (id) => document.getElementById(id);

for (const button of document.querySelectorAll('.do')) {
  const { lab: id, do: command, to } = button.dataset;
  button.addEventListener('click', () => lab(id)[command](to && Number(to)));
}

// The labs follow by themselves: embed.js watches this attribute, as it does those of book builders.
const choices = document.querySelectorAll('.themes button');
for (const choice of choices) {
  choice.addEventListener('click', () => {
    const wish = choice.dataset.choice;
    if (wish === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = wish;
    for (const other of choices) other.setAttribute('aria-pressed', String(other === choice));
  });
}

for (const snippet of document.querySelectorAll('pre')) {
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.className = 'copy';
  copy.textContent = 'Copy';
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(snippet.querySelector('code').textContent);
    copy.textContent = 'Copied';
  });
  snippet.append(copy);
}

// Everything that a frame says, whichever dialect it speaks.
const list = lab('messages');
let count = 0;

function note(who, text) {
  const [item, from, said] = ['li', 'b', 'code'].map((name) => document.createElement(name));
  from.textContent = who;
  said.textContent = text;
  item.append(from, said);
  list.prepend(item);
  while (list.childElementCount > SHOWN) list.lastElementChild.remove();
  lab('count').textContent = String(++count);
}

addEventListener('message', ({ source, data }) => {
  const from = [...document.querySelectorAll('netsplit-lab')].find(({ frame }) => frame?.contentWindow === source);
  if (from) note(from.id, JSON.stringify(data, (_, value) => shortened(value)));
});

function shortened(value) {
  return typeof value === 'string' && value.length > 80 ? `${value.slice(0, 80)}…` : value;
}
