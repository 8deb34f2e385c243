/** What we use of Turbo, which comes without types. */
declare module '@hotwired/turbo' {
  export const session: { drive: boolean };
}
