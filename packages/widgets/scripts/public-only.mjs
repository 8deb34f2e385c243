// A plugin of the manifest's analyzer: what is left is what the doc comments promise.

/** A member that pages may use: not `#private`, not `protected`, not what every element of Lit has. */
function isPublic(member) {
  if (member.name.startsWith('#') || member.privacy === 'private' || member.privacy === 'protected')
    return false;
  return member.description !== undefined;
}

/**
 * Leaves out private members, and the events that the analyzer guesses from `dispatchEvent` calls: those that the
 * class documents by `@event` are the ones there are.
 */
export function publicOnly() {
  return {
    name: 'public-only',
    packageLinkPhase({ customElementsManifest }) {
      for (const { declarations = [] } of customElementsManifest.modules) {
        for (const declaration of declarations) {
          if (declaration.tagName === undefined) continue;
          declaration.members = declaration.members?.filter(isPublic);
          declaration.events = declaration.events?.filter((event) => event.description !== undefined);
        }
      }
    },
  };
}
