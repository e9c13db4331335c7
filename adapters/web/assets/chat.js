/**
 * Makes the chat page better where there is JavaScript: answers are sent without a reload and stay
 * on the page as a transcript, and what is said meanwhile arrives by itself. Everything works
 * without it; whatever fails here falls back to the forms. Nothing is stored on the device.
 */
const chat = document.querySelector('[data-chat]');

// A page that a browser kept for its Back button could show somebody else's conversation.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

if (chat) startChat(chat);

function startChat(root) {
  const path = root.dataset.chat;
  const log = document.getElementById('log');
  const answer = document.getElementById('answer');
  const trouble = document.getElementById('trouble');
  const page = { mark: root.dataset.mark, busy: false, missed: false, leaving: false, over: false };

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!form.matches('[data-say]')) {
      // The page is on its way elsewhere: nothing that arrives now may turn it round.
      page.leaving = true;
      return;
    }
    event.preventDefault();
    if (!page.busy) void say(form, event.submitter);
  });
  prepare(answer);
  listen();

  async function say(form, submitter) {
    const fields = new URLSearchParams(new FormData(form, submitter));
    page.busy = true;
    setBusy(form, submitter, true);
    trouble.hidden = true;
    try {
      const reply = await post(fields);
      if (reply === undefined) return;
      const spoken = whatWasSaid(form, submitter);
      if (spoken) appendOwn(spoken);
      show(reply, true);
    } catch {
      setBusy(form, submitter, false);
      trouble.textContent = root.dataset.failed;
      trouble.hidden = false;
    } finally {
      page.busy = false;
      if (page.missed && !page.over) void catchUp();
    }
  }

  /** The parts of the page to show next; undefined when the page is being loaded anew. */
  async function post(fields) {
    const response = await fetch(path, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: fields,
      redirect: 'error',
    });
    if (response.status === 409) return startAfresh();
    if (!response.ok) throw new Error(`status ${response.status}`);
    const reply = await response.json();
    // The whole page speaks another language now.
    if (reply.language !== currentLanguage()) return startAfresh();
    return reply;
  }

  function show(reply, wasAskedFor) {
    page.mark = reply.mark;
    // Nothing of it is kept any more: these words stay until the person leaves.
    page.over = reply.over === true;
    const typed = answer.querySelector('textarea')?.value;
    const hadFocus = wasAskedFor || answer.contains(document.activeElement);
    log.append(fragment(reply.messages));
    answer.replaceChildren(fragment(reply.answer));
    prepare(answer);
    // What somebody was writing when another message came is theirs.
    const field = answer.querySelector('textarea');
    if (!wasAskedFor && typed && field) field.value = typed;
    if (hadFocus) moveFocus();
    if (reply.ended) document.querySelector('.sharing')?.setAttribute('open', '');
    scrollToNewest(wasAskedFor);
  }

  function appendOwn({ text, lang, dir }) {
    const bubble = document.createElement('div');
    bubble.className = 'message message--own';
    const who = document.createElement('span');
    who.className = 'visually-hidden';
    who.textContent = `${root.dataset.you}: `;
    const words = document.createElement('p');
    words.textContent = text;
    words.dir = dir ?? 'auto';
    if (lang) words.lang = lang;
    bubble.append(who, words);
    log.append(bubble);
  }

  function moveFocus() {
    const target = answer.querySelector('[data-focus]') ?? answer.querySelector('button');
    const typing = target?.matches('textarea, input, select');
    // On a phone the keyboard would cover the question: there the person taps the field.
    const hasKeyboard = matchMedia('(hover: hover) and (pointer: fine)').matches;
    if (target && (!typing || hasKeyboard)) target.focus({ preventScroll: true });
    else document.getElementById('main').focus({ preventScroll: true });
  }

  function scrollToNewest(wasAskedFor) {
    if (!wasAskedFor) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const own = [...log.querySelectorAll('.message--own')].at(-1) ?? log.lastElementChild;
    own?.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
  }

  /** What is said while the page is open: a reminder, the end, an answer given in another tab. */
  function listen() {
    const events = new EventSource(`${path}/events`);
    events.addEventListener('said', (event) => {
      const latest = JSON.parse(event.data);
      if (latest.mark === page.mark || page.leaving) return;
      if (page.busy) page.missed = true;
      else if (latest.language === currentLanguage()) show(latest, false);
      else location.reload();
    });
    events.addEventListener('gone', () => {
      events.close();
      if (page.busy) page.missed = true;
      else if (!page.leaving && !page.over) location.reload();
    });
    addEventListener('pagehide', () => events.close());
  }

  async function catchUp() {
    page.missed = false;
    const response = await fetch(path, { headers: { Accept: 'application/json' } });
    if (response.status === 409) return startAfresh();
    if (!response.ok) return undefined;
    const latest = await response.json();
    if (!page.busy && latest.mark !== page.mark) show(latest, false);
    return undefined;
  }

  function startAfresh() {
    location.reload();
    return undefined;
  }

  function currentLanguage() {
    return root.dataset.language;
  }
}

function setBusy(form, submitter, busy) {
  form.toggleAttribute('data-busy', busy);
  submitter?.toggleAttribute('data-sending', busy);
}

/** The words of a tap, or what was typed, as they stand in the person's own bubble. */
function whatWasSaid(form, submitter) {
  const spoken = { lang: form.dataset.spoken, dir: form.dataset.spokenDir };
  const typed = form.querySelector('[name=text]:not(button)')?.value.trim();
  if (typed !== undefined) return typed === '' ? undefined : { text: typed };
  const checked = [...form.querySelectorAll('input:checked')].map((box) => box.dataset.label);
  if (checked.length > 0) return { ...spoken, text: checked.join(', ') };
  const lists = [...form.querySelectorAll('select')].filter((list) => list.value !== '');
  if (lists.length > 0) {
    const picked = lists.map((list) => list.selectedOptions[0].textContent);
    const text =
      picked.length > 1 ? picked.map((label, i) => `${i + 1}. ${label}`).join('\n') : picked[0];
    return { ...spoken, text };
  }
  if (!submitter || submitter.classList.contains('button')) return undefined;
  return { ...spoken, text: submitter.dataset.label ?? submitter.textContent.trim() };
}

/** What our own server rendered, with everything escaped there. */
function fragment(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

function prepare(answer) {
  countCharacters(answer.querySelector('[data-count-to]'));
  limitChecks(answer.querySelector('[data-max]'));
  rankByTapping(answer.querySelector('[data-rank]'));
}

function countCharacters(field) {
  if (!field) return;
  const text = field.querySelector('textarea');
  const shown = field.querySelector('[data-count]');
  const spoken = field.querySelector('[data-count-spoken]');
  const max = Number(field.dataset.countTo);
  let pause;
  text.addEventListener('input', () => {
    const left = max - text.value.length;
    const words = left < 0 ? field.dataset.over : field.dataset.left;
    shown.textContent = words.replace('#', Math.abs(left));
    shown.classList.toggle('problem', left < 0);
    clearTimeout(pause);
    // Spoken only near the end and in a pause: nobody can write under a running commentary.
    if (left < max / 5) pause = setTimeout(() => (spoken.textContent = shown.textContent), 1000);
  });
}

/** No more ticks than may be sent: the others wait until one is taken away. */
function limitChecks(checks) {
  if (!checks) return;
  const boxes = [...checks.querySelectorAll('input')];
  const max = Number(checks.dataset.max);
  checks.addEventListener('change', () => {
    const full = boxes.filter((box) => box.checked).length >= max;
    for (const box of boxes) box.disabled = full && !box.checked;
  });
}

/** Tapped in order instead of picked from lists; the lists stay and carry what was tapped. */
function rankByTapping(ranking) {
  if (!ranking) return;
  const lists = [...ranking.querySelectorAll('select')];
  const [first] = lists;
  const places = [...ranking.querySelectorAll('.ranking__place')];
  for (const place of places) place.hidden = true;
  const names = places.map((place) => place.querySelector('label').textContent);
  const order = [];
  const group = document.createElement('div');
  group.className = 'options';
  group.lang = first.lang;
  group.dir = first.dir;
  const buttons = [...first.options].filter((option) => option.value !== '').map(rankButton);
  group.append(...buttons.map(({ button }) => button));
  ranking.append(group);

  function rankButton(option) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'option';
    button.setAttribute('aria-pressed', 'false');
    const badge = document.createElement('span');
    badge.className = 'option__place';
    badge.setAttribute('aria-hidden', 'true');
    const label = document.createElement('span');
    label.textContent = option.textContent;
    const spoken = document.createElement('span');
    spoken.className = 'visually-hidden';
    button.append(badge, label, spoken);
    button.addEventListener('click', () => {
      const at = order.indexOf(option.value);
      if (at >= 0) order.splice(at, 1);
      else if (order.length < lists.length) order.push(option.value);
      lists.forEach((list, i) => (list.value = order[i] ?? ''));
      for (const each of buttons) each.show();
    });
    const show = () => {
      const place = order.indexOf(option.value);
      button.setAttribute('aria-pressed', String(place >= 0));
      badge.textContent = place >= 0 ? String(place + 1) : '';
      spoken.textContent = place >= 0 ? `, ${names[place]}` : '';
    };
    return { button, show };
  }
}
