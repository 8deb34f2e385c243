import { badge, links } from './badge-links.js';
import { IN_WORDS, keep, kept, type Shared, statusId } from './shared.js';

const at = (id: string) => document.getElementById(id);
const button = at('share');

// Loaded when it is needed: most readers only look.
let loading: Promise<import('./sharing.js').Sharing> | undefined;
const sharing = () => {
  loading ??= import('./sharing.js').then(({ Sharing }) => new Sharing(at('cafe')));
  return loading;
};

function show(result: Shared): void {
  const id = result.kind === 'shared' ? result.id : undefined;
  button?.setAttribute('aria-checked', String(id !== undefined));
  if (result.kind === 'impossible') button?.setAttribute('aria-disabled', 'true');
  at('mine')?.toggleAttribute('hidden', id === undefined);
  at('my-badge')?.replaceChildren(...(id === undefined ? [] : [badge(id)]));
  at('shared-links')?.replaceChildren(...(id === undefined ? [] : links(location.origin, id)));
}

/** @param on what is wished; `undefined` asks what holds */
async function wish(on?: boolean): Promise<void> {
  if (button?.ariaBusy === 'true' || button?.ariaDisabled === 'true') return;
  if (button) button.ariaBusy = 'true';
  const result = await (await sharing()).share(on);
  if (button) button.ariaBusy = 'false';
  const said = at('said');
  if (said && on !== undefined) said.textContent = IN_WORDS[result.kind];
  keep(result);
  if (result.kind !== 'failed') show(result);
}

button?.addEventListener('click', () => wish(button.getAttribute('aria-checked') !== 'true'));

const mine = kept();
if (mine !== undefined) {
  show({ kind: 'shared', id: mine });
  void wish();
}

// `/people/#ID`: somebody sent a link to their own status. The fragment stays in the browser.
function befriend(): void {
  const friend = statusId(location.hash.slice(1));
  at('friend')?.toggleAttribute('hidden', friend === undefined);
  at('friend-badge')?.replaceChildren(...(friend === undefined ? [] : [badge(friend)]));
}
addEventListener('hashchange', befriend);
befriend();
