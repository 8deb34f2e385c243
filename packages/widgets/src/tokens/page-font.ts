/** What browsers use where a page has chosen no font: nobody's taste, so it is not taken over. */
const NO_FONT = /^(serif|-webkit-standard|"?Times( New Roman)?"?)$/;

/** Whether the page has chosen no font for an element in it, so that it needs one of its own. */
export function hasNoFont(element: Element): boolean {
  return NO_FONT.test(getComputedStyle(element).fontFamily);
}
