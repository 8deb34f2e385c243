// Plugins of the manifest's analyzer: what comes of it is what the doc comments promise, and all of that.

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

/** Every element of Lit takes the tokens that `<chat-room>` documents; those with words of their own keep them. */
export function sharedTokens() {
  return {
    name: 'shared-tokens',
    packageLinkPhase({ customElementsManifest }) {
      const elements = customElementsManifest.modules.flatMap(({ declarations = [] }) => declarations);
      const tokens = elements.find(({ tagName }) => tagName === 'chat-room')?.cssProperties ?? [];
      for (const element of elements) {
        if (element.tagName === undefined || element.superclass?.name !== 'LitElement') continue;
        const own = element.cssProperties ?? [];
        const missing = tokens.filter(({ name }) => !own.some((one) => one.name === name));
        element.cssProperties = [...own, ...missing];
      }
    },
  };
}

/** The attribute that `get user() { return this.getAttribute('user') ... }` reads. */
function attributeRead(ts, accessor) {
  let name;
  const visit = (node) => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      /^(get|has)Attribute$/.test(node.expression.name.text) &&
      node.arguments.length === 1 &&
      ts.isStringLiteral(node.arguments[0])
    ) {
      name ??= node.arguments[0].text;
    }
    ts.forEachChild(node, visit);
  };
  if (accessor.body) visit(accessor.body);
  return name;
}

/**
 * For elements without Lit: adds an attribute for each public accessor of a class that reads one and has a doc comment.
 */
export function readAttributes() {
  return {
    name: 'read-attributes',
    analyzePhase({ ts, node, moduleDoc }) {
      if (!ts.isClassDeclaration(node)) return;
      const declaration = moduleDoc.declarations.find(({ name }) => name === node.name?.text);
      if (declaration?.tagName === undefined) return;
      for (const accessor of node.members.filter(ts.isGetAccessorDeclaration)) {
        const name = attributeRead(ts, accessor);
        const member = declaration.members.find((one) => one.name === accessor.name.getText());
        if (name === undefined || member?.description === undefined) continue;
        if (declaration.attributes?.some((one) => one.name === name)) continue;
        member.attribute = name;
        declaration.attributes = [
          ...(declaration.attributes ?? []),
          { name, type: member.type, description: member.description, fieldName: member.name },
        ];
      }
    },
  };
}
