/** Puts in what a page shows to find out whether somebody is a machine: as large as those of services are. */
export function withCaptcha(story: () => unknown): Element {
  const element = story() as Element;
  const captcha = document.createElement('button');
  captcha.slot = 'proof';
  captcha.type = 'button';
  captcha.textContent = 'I am a person';
  captcha.style.cssText =
    'display: block; inline-size: 300px; max-inline-size: 100%; block-size: 65px; margin: auto; font: inherit';
  element.append(captcha);
  return element;
}
