import { badge, links } from './badge-links.js';
import { type Shared, share, statusId } from './share.js';

const KEPT = 'meerkat-demo:shared';
const at = (id: string) => document.getElementById(id);
const button = at('share');

// Loaded when it is needed: most readers only look.
let loading: Promise<import('@meerkat-chat/sdk').Chat> | undefined;
const chat = () => (loading ??= import('@meerkat-chat/sdk').then(({ createChat }) => createChat()));

const WORDS: Readonly<Record<Shared['kind'], string>> = {
  shared: 'Shared. It follows you from page to page, until you take it back.',
  hidden: 'Taken back. Whoever has the old id sees nothing.',
  impossible: 'This server does not share statuses.',
  failed: 'That did not work just now. Try again in a moment.',
};

function show(result: Shared, quietly = false): void {
  const id = result.kind === 'shared' ? result.id : undefined;
  button?.setAttribute('aria-checked', String(id !== undefined));
  if (result.kind === 'impossible') button?.setAttribute('aria-disabled', 'true');
  const said = at('said');
  if (said && !quietly) said.textContent = WORDS[result.kind];
  at('mine')?.toggleAttribute('hidden', id === undefined);
  at('my-badge')?.replaceChildren(...(id === undefined ? [] : [badge(id, 'You')]));
  at('shared-links')?.replaceChildren(...(id === undefined ? [] : links(location.origin, id)));
}

function keep(result: Shared): void {
  try {
    if (result.kind === 'shared') localStorage.setItem(KEPT, result.id);
    else if (result.kind === 'hidden') localStorage.removeItem(KEPT);
  } catch {
    // No storage here: the switch starts again with each page.
  }
}

function kept(): string | undefined {
  try {
    return statusId(localStorage.getItem(KEPT) ?? '');
  } catch {
    return undefined;
  }
}

let busy = false;
button?.addEventListener('click', async () => {
  if (busy || button.getAttribute('aria-disabled') === 'true') return;
  busy = true;
  const result = await share(await chat(), button.getAttribute('aria-checked') !== 'true');
  busy = false;
  keep(result);
  show(result);
});

const mine = kept();
if (mine !== undefined) {
  show({ kind: 'shared', id: mine }, true);
  // Whoever shares is here while the page is, whether the café is open or not.
  void chat().then((own) => own.start());
}

// `/people/#ID`: somebody sent a link to their own status. The fragment stays in the browser.
function befriend(): void {
  const friend = statusId(location.hash.slice(1));
  at('friend')?.toggleAttribute('hidden', friend === undefined);
  at('friend-badge')?.replaceChildren(...(friend === undefined ? [] : [badge(friend, 'Your friend')]));
}
addEventListener('hashchange', befriend);
befriend();
