// After forward.js in the pane of the table: the leader's page goes to the printer from here.
element.addEventListener('click', (event) => {
  if (event.target.closest('[data-act="print"]')) window.print();
});
