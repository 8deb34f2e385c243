import { bad, type Finding, good, limited, wordOf } from './finding.js';

/** To be called by a press of a button, which browsers ask for; the window that opens is closed at once. */
export async function tryClicks(): Promise<ReadonlyMap<string, Finding>> {
  const access = document.requestStorageAccess?.().then(
    () => good(),
    (error: unknown) => bad(wordOf(error)),
  );
  const clipboard = navigator.clipboard?.writeText(location.href).then(
    () => good(),
    (error: unknown) => bad(wordOf(error)),
  );
  // At last: it uses the press up.
  const popup = open('about:blank', '_blank', 'popup,width=240,height=160');
  popup?.close();
  return new Map([
    ['access', (await access) ?? limited()],
    ['clipboard', (await clipboard) ?? bad()],
    ['popups', popup ? good() : bad()],
  ]);
}
