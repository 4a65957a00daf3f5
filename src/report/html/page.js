// The review page: filter, search, keyboard, decisions, export. It works on the cards that are there and on the JSON beside them,
// builds nodes and never markup, and asks nothing of any network.
(() => {
  'use strict';
  const $ = (id) => document.getElementById(id);
  const { findings, words } = JSON.parse($('data').textContent);
  const KEY = 'factlint.review.1:';
  const KINDS = ['right', 'both-right', 'not-same', 'later'];
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const element = (name, properties, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };
  const fold = (text) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');

  // One entry a finding: its card, what is decided, and what search looks through.
  const entries = findings.map((finding, i) => {
    const card = $('f' + (i + 1));
    return { finding, index: i, card, badge: card.querySelector('.badge'), text: null, decision: null, note: '', shown: true };
  });
  const byCard = new Map(entries.map((entry) => [entry.card, entry]));
  let current = null;
  let unsaved = 0;

  // Decisions are kept by fingerprint, so that a page made anew of the same articles still has them.
  let store = null;
  try {
    store = window.localStorage;
    store.setItem(KEY, '1');
    store.removeItem(KEY);
  } catch {
    store = null;
  }

  const notice = (text) => {
    $('notice').textContent = text;
    $('notice').hidden = text === '';
  };

  // What was stored or loaded comes from outside: only what fits the finding is taken.
  const fitting = (entry, kept) => {
    if (typeof kept !== 'object' || kept === null || !KINDS.includes(kept.decision)) return null;
    const note = typeof kept.note === 'string' ? kept.note.slice(0, 1000) : '';
    if (kept.decision !== 'right') return { decision: { kind: kept.decision }, note };
    // Camps may have changed places since; the figure tells which is meant.
    const side = entry.finding.sides.find((s) => s.camp === kept.camp && s.text === kept.text)
      || entry.finding.sides.find((s) => s.text === kept.text);
    return side ? { decision: { kind: 'right', camp: side.camp }, note } : null;
  };

  const side = (entry, camp) => entry.finding.sides.find((s) => s.camp === camp);
  const label = (camp) => (camp < 26 ? String.fromCharCode(65 + camp) : String(camp + 1));
  const name = (entry, decision) => {
    if (decision.kind === 'right') return say(words.right, { side: label(decision.camp) });
    const { length } = entry.finding.sides;
    if (decision.kind === 'both-right') return length > 2 ? words.all : length > 1 ? words.both : words.sound;
    return decision.kind === 'not-same' ? words.different : words.later;
  };

  const record = (entry) => {
    const { decision, note } = entry;
    const out = { decision: decision.kind };
    if (decision.kind === 'right') Object.assign(out, { camp: decision.camp, text: side(entry, decision.camp).text });
    if (note.trim() !== '') out.note = note.trim();
    return out;
  };

  const keep = (entry) => {
    if (!store) return;
    try {
      if (entry.decision) store.setItem(KEY + entry.finding.fingerprint, JSON.stringify(record(entry)));
      else store.removeItem(KEY + entry.finding.fingerprint);
    } catch {
      store = null;
      notice(words.unkept);
    }
  };

  let decided = 0;
  const progress = () => {
    $('progress').value = decided;
    $('decided').textContent = say(words.progress, { n: decided, all: entries.length });
    $('export').disabled = decided === 0;
  };

  const show = (entry) => {
    const { card, badge, decision, note } = entry;
    card.classList.toggle('decided', decision !== null && decision.kind !== 'later');
    badge.hidden = decision === null;
    badge.textContent = decision ? name(entry, decision) : '';
    badge.classList.toggle('later', decision !== null && decision.kind === 'later');
    if (decision && note.trim() !== '') card.dataset.note = note.trim();
    else delete card.dataset.note;
    if (!entry.form) return;
    for (const input of entry.form.inputs) input.checked = decision !== null && input.value === value(decision);
    entry.form.clear.hidden = decision === null;
    entry.form.note.hidden = decision === null && note === '';
    if (entry.form.area.value !== note) entry.form.area.value = note;
  };

  const value = (decision) => (decision.kind === 'right' ? 'right-' + decision.camp : decision.kind);

  const decide = (entry, decision) => {
    decided += (decision !== null) - (entry.decision !== null);
    entry.decision = decision;
    unsaved += 1;
    keep(entry);
    show(entry);
    progress();
    $('said').textContent = entry.index + 1 + ' ' + (decision ? name(entry, decision) : words.clear);
  };

  // The form of a card is built when the card comes near the window, so that a long page opens at once.
  const build = (entry) => {
    if (entry.form) return;
    const part = $('decide').content.cloneNode(true);
    const choices = part.querySelector('.choices');
    const inputs = [];
    const choice = (key, decision, text, lang) => {
      const input = element('input', { type: 'radio', name: 'd' + entry.index, value: value(decision) });
      input.addEventListener('change', () => decide(entry, decision));
      inputs.push(input);
      const shown = lang ? element('span', { lang }, text) : text;
      choices.append(element('label', {}, input, element('kbd', { ariaHidden: 'true' }, key), shown));
    };
    const { sides } = entry.finding;
    if (sides.length > 1) {
      for (const s of sides) {
        const short = [...s.text].length > 16 ? [...s.text].slice(0, 15).join('') + '…' : s.text;
        choice('1', { kind: 'right', camp: s.camp }, say(words.right, { side: label(s.camp) + ' ' + short }));
      }
    }
    choice('2', { kind: 'both-right' }, name(entry, { kind: 'both-right' }));
    choice('3', { kind: 'not-same' }, words.different);
    choice('4', { kind: 'later' }, words.later);
    const clear = element('button', { type: 'button', hidden: true }, words.clear);
    clear.addEventListener('click', () => {
      decide(entry, null);
      focus(entry, false);
    });
    choices.append(clear);
    const note = part.querySelector('.note');
    const area = note.querySelector('textarea');
    area.addEventListener('input', () => {
      entry.note = area.value;
      unsaved += 1;
      // A note alone is kept too: the finding stays open.
      if (!entry.decision) decide(entry, { kind: 'later' });
      keep(entry);
      if (entry.decision && entry.note.trim() !== '') entry.card.dataset.note = entry.note.trim();
      else delete entry.card.dataset.note;
    });
    entry.form = { inputs, clear, note, area };
    entry.card.append(part);
    show(entry);
  };

  const nearing = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      build(byCard.get(target));
      nearing.unobserve(target);
    }
  }, { rootMargin: '1200px' });

  // Filter and search.
  const matches = (entry, want) => {
    const { finding, decision } = entry;
    if (!want.severities.has(finding.severity)) return false;
    if (want.check && finding.check !== want.check) return false;
    if (want.article !== '' && !finding.articles.includes(Number(want.article))) return false;
    if (want.decision === 'none' ? decision !== null : want.decision === 'any' ? decision === null
      : want.decision && (decision === null || decision.kind !== want.decision)) return false;
    if (want.terms.length === 0) return true;
    // The words of the card as they stand there, without the form that the script adds.
    entry.text ??= fold([...entry.card.children].filter((c) => !c.matches('.decide, .paper')).map((c) => c.textContent).join(' '));
    const text = entry.note === '' ? entry.text : entry.text + ' ' + fold(entry.note);
    return want.terms.every((term) => text.includes(term));
  };

  const boxes = [...document.querySelectorAll('input[name=severity]')];
  const empty = element('p', { className: 'nothing', hidden: true }, words.nothing);
  $('findings').prepend(empty);
  const groups = [...document.querySelectorAll('.home, section.severity')];
  const filter = () => {
    const want = {
      severities: new Set(boxes.filter((b) => b.checked).map((b) => b.value)),
      check: $('by-check').value,
      article: $('by-article').value,
      decision: $('by-decision').value,
      terms: fold($('find').value).split(' ').filter((term) => term !== ''),
    };
    let n = 0;
    for (const entry of entries) {
      entry.shown = matches(entry, want);
      entry.card.hidden = !entry.shown;
      n += entry.shown;
    }
    for (const group of groups) group.hidden = group.querySelector('.card:not([hidden])') === null;
    empty.hidden = n > 0;
    $('shown').textContent = say(words.shown, { n, all: entries.length });
  };
  const reset = () => {
    for (const box of boxes) box.checked = true;
    for (const id of ['find', 'by-check', 'by-article', 'by-decision']) $(id).value = '';
    filter();
  };

  // Keyboard.
  const focus = (entry, scroll = true) => {
    current = entry;
    build(entry);
    entry.card.focus({ preventScroll: true });
    if (scroll) entry.card.scrollIntoView({ block: 'start' });
  };
  const step = (by, fits = () => true) => {
    for (let i = current ? current.index + by : by > 0 ? 0 : entries.length - 1; i >= 0 && i < entries.length; i += by) {
      if (entries[i].shown && fits(entries[i])) return focus(entries[i]);
    }
  };
  const here = () => (current && current.shown ? current : null);
  const choose = (kind) => {
    if (!here()) return;
    if (kind !== 'right') return decide(current, { kind });
    const { sides } = current.finding;
    if (sides.length < 2) return;
    const at = current.decision && current.decision.kind === 'right' ? sides.findIndex((s) => s.camp === current.decision.camp) : -1;
    decide(current, { kind, camp: sides[(at + 1) % sides.length].camp });
  };
  const write = () => {
    if (!here()) return;
    build(current);
    current.form.note.hidden = false;
    current.form.area.focus();
  };
  const help = () => ($('help').open ? $('help').close() : $('help').showModal());
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    u: () => step(1, (entry) => entry.decision === null),
    1: () => choose('right'),
    2: () => choose('both-right'),
    3: () => choose('not-same'),
    4: () => choose('later'),
    0: () => here() && decide(current, null),
    n: write,
    o: () => {
      const evidence = here() && current.card.querySelector('.evidence');
      if (evidence) evidence.open = !evidence.open;
    },
    e: () => $('export').click(),
    '/': () => {
      $('find').focus();
      $('find').select();
    },
    '?': help,
  };
  const useKeys = $('use-keys');
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { target } = event;
    const typing = target.matches('textarea, select, input:not([type=radio]):not([type=checkbox])');
    if (event.key === 'Escape' && typing) {
      target.blur();
      if (current && current.shown) focus(current, false);
      return;
    }
    if (typing || ($('help').open && event.key !== '?') || !(useKeys.checked || event.key === '?')) return;
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : null;
    if (!action) return;
    event.preventDefault();
    action();
  });
  document.addEventListener('focusin', ({ target }) => {
    const card = target.closest('.card');
    if (card) current = byCard.get(card);
  });

  // Export and load.
  const decisions = () => ({
    version: 1,
    tool: 'factlint',
    decisions: entries.filter((entry) => entry.decision).map((entry) => {
      const { fingerprint, check, message, sides } = entry.finding;
      return { fingerprint, check, message, ...record(entry), sides };
    }),
  });
  const download = () => {
    const all = decisions();
    const url = URL.createObjectURL(new Blob([JSON.stringify(all, null, 1) + '\n'], { type: 'application/json' }));
    const link = element('a', { href: url, download: 'decisions.json', hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    unsaved = 0;
    notice(say(words.exported, { n: all.decisions.length }));
  };
  const load = async (file) => {
    let given = null;
    try {
      given = JSON.parse(await file.text());
    } catch {
      given = null;
    }
    if (!given || given.version !== 1 || given.tool !== 'factlint' || !Array.isArray(given.decisions)) return notice(words.unfit);
    const known = new Map(entries.map((entry) => [entry.finding.fingerprint, entry]));
    let n = 0;
    for (const each of given.decisions) {
      const entry = each && known.get(each.fingerprint);
      const fits = entry && fitting(entry, each);
      if (!fits) continue;
      entry.note = fits.note;
      decide(entry, fits.decision);
      n += 1;
    }
    filter();
    notice(say(words.taken, { n, m: given.decisions.length - n }));
  };

  // Begin.
  if (store) {
    for (const entry of entries) {
      let kept = null;
      try {
        kept = JSON.parse(store.getItem(KEY + entry.finding.fingerprint));
      } catch {
        kept = null;
      }
      const fits = fitting(entry, kept);
      if (!fits) continue;
      Object.assign(entry, fits);
      decided += 1;
      show(entry);
    }
    useKeys.checked = store.getItem(KEY + 'keys') !== 'off';
  } else {
    notice(words.unkept);
  }
  useKeys.addEventListener('change', () => store && store.setItem(KEY + 'keys', useKeys.checked ? 'on' : 'off'));
  for (const entry of entries) nearing.observe(entry.card);
  for (const control of [...boxes, $('by-check'), $('by-article'), $('by-decision')]) control.addEventListener('change', filter);
  $('find').addEventListener('input', filter);
  $('reset').addEventListener('click', reset);
  $('export').addEventListener('click', download);
  $('load').addEventListener('change', ({ target }) => {
    if (target.files[0]) load(target.files[0]);
    target.value = '';
  });
  $('keys').addEventListener('click', help);
  $('close').addEventListener('click', help);
  // A link to a finding that the filter hides shows all again.
  const follow = () => {
    const entry = byCard.get(document.getElementById(location.hash.slice(1)));
    if (!entry) return;
    if (!entry.shown) reset();
    focus(entry);
  };
  window.addEventListener('hashchange', follow);
  window.addEventListener('beforeunload', (event) => {
    if (!store && unsaved > 0) event.preventDefault();
  });
  $('filters').open = window.matchMedia('(min-width: 44rem)').matches;
  $('tools').hidden = false;
  // What scrolls to a card leaves room for the bar, however many rows it has.
  new ResizeObserver(([bar]) => {
    const sticky = getComputedStyle(bar.target).position === 'sticky';
    document.documentElement.style.setProperty('--bar', (sticky ? bar.target.offsetHeight : 0) + 'px');
  }).observe($('tools'));
  progress();
  filter();
  follow();
})();
