import { bad, type Finding, good, limited, wordOf } from './finding.js';

/** Whether what needs a secure context is there, and that the page around has no other scheme. */
export function trySecure(): Finding {
  return isSecureContext ? good(location.protocol) : limited(location.protocol);
}

/** A sandbox without `allow-same-origin` makes the origin opaque. */
export function tryOrigin(): Finding {
  return origin === 'null' ? bad('null') : good(origin);
}

/** A sandbox without `allow-forms` lets no form be submitted, and fires no event. */
export function tryForms(): Finding {
  const form = document.createElement('form');
  let heard = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    heard = true;
  });
  form.hidden = true;
  document.body.append(form);
  form.requestSubmit();
  form.remove();
  return heard ? good() : bad();
}

/** What a sandbox or the browser says to a look at storage. */
export function tryStorage(): Finding {
  try {
    localStorage.setItem('meerkat.try', '1');
    localStorage.removeItem('meerkat.try');
    return good();
  } catch (error) {
    return bad(wordOf(error));
  }
}
