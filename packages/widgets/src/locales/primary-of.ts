/** The part of a language tag (BCP 47) that says which language it is, in lower case. */
export function primaryOf(tag: string | undefined): string {
  return tag?.split('-', 1)[0]?.toLowerCase() ?? '';
}
