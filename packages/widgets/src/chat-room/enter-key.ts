/** Whether Enter was meant. While an input method composes a word, it chooses that word; Safari tells so only by key code 229. */
export function isEnter({ key, isComposing, keyCode }: KeyboardEvent): boolean {
  return key === 'Enter' && !isComposing && keyCode !== 229;
}
