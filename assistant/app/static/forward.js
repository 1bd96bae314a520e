// js_on_load of every pane: gradio calls this with `element`, `trigger` and `watch`.
// One delegated listener a component: it survives every re-render of the value.
// [data-act] → the `select` event with the element's data-*; forms → their fields too.
// After a re-render focus returns to the element with the same data-key; a pane opened
// by keyboard takes focus, and closing it gives focus back to what opened it.
const ui = (window.policyUI ||= {});
let key, seen, waited, shown, chosen, turn, remarked = false;
const copy = async (text) => {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const box = Object.assign(document.createElement('textarea'), {value: text});  // http:// in the office LAN
  document.body.append(box); box.select(); document.execCommand('copy'); box.remove();
};
const choose = (current) => {
  const scope = current.closest('.html-container');
  for (const old of scope.querySelectorAll('[aria-current]')) old.removeAttribute('aria-current');
  current.setAttribute('aria-current', 'true');
  current.scrollIntoView({block: 'nearest'});
};
const copied = async (hit) => {
  await copy(hit.dataset.text);
  const was = hit.innerHTML;
  hit.textContent = '已复制';
  setTimeout(() => { hit.innerHTML = was; }, 1500);
};
element.addEventListener('click', (event) => {
  const hit = event.target.closest('[data-act]');
  if (!hit || hit.tagName === 'FORM') return;
  const {act} = hit.dataset;
  if (act === 'copy') { copied(hit); return; }
  ui.keyboard = event.detail === 0;
  key = hit.dataset.key;
  if (act === 'open' || act === 'row') {
    if (!hit.closest('.source')) ui.opener = hit;
    choose(hit.closest('tr') || hit);
  }
  trigger('select', {...hit.dataset});
  if (act === 'close') ui.opener?.focus();
});
element.addEventListener('submit', (event) => {
  event.preventDefault();
  trigger('select', {...event.target.dataset, ...Object.fromEntries(new FormData(event.target))});
});
const settle = () => {
  const spot = element.querySelector('.paper mark') || element.querySelector('.paper__clause');
  spot?.scrollIntoView({block: spot.offsetHeight > 300 ? 'start' : 'center'});
  const turns = element.querySelectorAll('.turn');
  if (turns.length !== seen || waited) turns[turns.length - 1]?.scrollIntoView({block: 'start'});
  seen = turns.length;
  waited = element.querySelector('.doing:only-child') !== null;
  const top = element.querySelector('[data-top]');  // another document, or another view of it: from its beginning
  if (top && top.dataset.top !== shown) { top.scrollTop = 0; shown = top.dataset.top; }
  const row = element.querySelector('tr[aria-current]');
  if (row && row.dataset.row !== chosen) row.scrollIntoView({block: 'nearest'});
  chosen = row?.dataset.row;
  if (key && (document.activeElement === document.body || document.activeElement.disabled)) {
    const again = element.querySelector(`[data-key="${CSS.escape(key)}"]`);
    (again && !again.disabled ? again : element.querySelector('[data-takes-focus]'))?.focus();
  }
  const pen = element.querySelector('form[data-turn]');  // another clause in the same fields: its words, not what was typed
  if (pen && pen.dataset.turn !== turn) { pen.reset(); pen.querySelector('textarea')?.focus({preventScroll: true}); document.getElementById(pen.dataset.at)?.scrollIntoView({block: 'start'}); }
  turn = pen?.dataset.turn;
  if (ui.keyboard) element.querySelector('[data-takes-focus]')?.focus();
  const remark = element.querySelector('.remark input');
  if (remark && !remarked) remark.focus({preventScroll: true});
  remarked = remark !== null;
};
settle();
watch('value', settle);
