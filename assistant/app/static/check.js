// After forward.js in the pane of the pair: each side shows its first marked words, and the
// table, which the pair has just made shorter, its row.
const showMarks = () => {
  for (const paper of element.querySelectorAll('.compare .paper')) {
    const spot = paper.querySelector('mark, ins, u');
    const above = spot ? spot.getBoundingClientRect().top - paper.getBoundingClientRect().top : 0;
    paper.scrollTop = spot ? paper.scrollTop + above - paper.clientHeight / 2 : 0;
  }
  requestAnimationFrame(() => {
    document.querySelector('#check-table tr[aria-current]')?.scrollIntoView({block: 'nearest'});
  });
};
showMarks();
watch('value', showMarks);
