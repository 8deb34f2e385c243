/** Adds rows to the table of rights in some rooms, on the settings page, and takes them away. */
(() => {
  const table = document.getElementById('meerkat-chat-room-rights');
  const more = document.getElementById('meerkat-chat-room-rights-more');
  const body = table?.tBodies[0];
  const last = body?.rows[body.rows.length - 1];
  if (!body || !last || !more) return;

  // The last row is empty: others are made of it.
  const empty = last.cloneNode(true);
  let next = body.rows.length;

  const offer = () => {
    more.disabled = body.rows.length >= Number(more.dataset.most);
    for (const button of body.querySelectorAll('button')) button.hidden = false;
  };

  more.hidden = false;
  more.addEventListener('click', () => {
    const row = empty.cloneNode(true);
    for (const field of row.querySelectorAll('[name]')) {
      field.name = field.name.replace(/\[\d+\](\[\w+\])$/, `[${next}]$1`);
    }
    next++;
    body.append(row);
    offer();
    row.querySelector('input').focus();
  });
  body.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (!button) return;
    const row = button.closest('tr');
    const after = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    offer();
    (after?.querySelector('input') ?? more).focus();
  });
  offer();
})();
