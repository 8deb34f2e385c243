/**
 * The button that tests the connection, on the settings page. WordPress looks at the chat server from where it is; the
 * browser looks too, since a server that one of them reaches may be hidden from the other.
 */
(() => {
  const { __ } = window.wp.i18n;
  const button = document.getElementById('meerkat-chat-check');
  const list = document.getElementById('meerkat-chat-check-lines');
  const server = document.getElementById('meerkat-chat-server');
  const domain = document.getElementById('meerkat-chat-domain');
  if (!button || !list || !server || !domain) return;

  const line = (ok, text) => {
    const item = document.createElement('li');
    item.className = ok ? 'good' : 'fault';
    item.textContent = text;
    list.append(item);
  };

  /** What WordPress finds. */
  const ask = async () => {
    const signIn = document.querySelector('input[name="meerkat_chat[signIn]"]:checked');
    const body = new URLSearchParams({
      action: 'meerkat_chat_check',
      _ajax_nonce: button.dataset.nonce,
      server: server.value,
      signIn: signIn?.value ?? 'token',
    });
    const answer = await fetch(button.dataset.url, { method: 'POST', body, credentials: 'same-origin' });
    const { success, data } = await answer.json();
    if (!success) throw new Error('refused');
    return data;
  };

  /** Whether this browser reaches it. */
  const reach = async () => {
    try {
      const address = server.value.includes('://') ? server.value : `https://${server.value}`;
      const answer = await fetch(`${address.replace(/\/+$/, '')}/.well-known/host-meta.json`, {
        credentials: 'omit',
        cache: 'no-store',
      });
      return answer.ok;
    } catch {
      return false;
    }
  };

  button.addEventListener('click', async () => {
    button.disabled = true;
    list.replaceChildren();
    try {
      const found = await ask();
      for (const { ok, text } of found.lines) line(ok, text);
      if (found.domain) {
        if (await reach()) line(true, __('Your browser reaches it too.', 'meerkat-chat'));
        else {
          line(
            false,
            __(
              'WordPress reaches it, but your browser does not: the address must be one for everybody.',
              'meerkat-chat',
            ),
          );
        }
        if (domain.value === '') domain.value = found.domain;
      }
    } catch {
      line(false, __('The test could not be run. Reload this page and try again.', 'meerkat-chat'));
    } finally {
      button.disabled = false;
    }
  });
})();
