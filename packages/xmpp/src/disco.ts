import { type DataForm, decodeDataForm, encodeDataForm } from './data-form.js';
import { type DiscoFeatures, decodeDiscoIdentity } from './disco-identity.js';
import { type Jid, parseJid } from './jid.js';
import { NS } from './ns.js';
import { decodeRsmResult, encodeRsmResult, type RsmResult } from './rsm.js';
import { children, type Element, el } from './xml/element.js';

/** An answer to disco#info. */
export interface DiscoInfoResult extends DiscoFeatures {
  readonly node?: string | undefined;
  /** Extended information (XEP-0128). */
  readonly forms: readonly DataForm[];
}

/** One entry of an answer to disco#items. */
export interface DiscoItemEntry {
  readonly jid: Jid;
  readonly node?: string | undefined;
  readonly name?: string | undefined;
}

/** An answer to disco#items, or one page of it (XEP-0059). */
export interface DiscoItemsResult {
  readonly node?: string | undefined;
  readonly items: readonly DiscoItemEntry[];
  readonly page?: RsmResult | undefined;
}

/** Writes the `<query/>` of an answer to disco#info. */
export function encodeDiscoInfo(info: DiscoInfoResult): Element {
  return el(
    'query',
    NS.discoInfo,
    { node: info.node },
    ...info.identities.map(({ category, type, name }) =>
      el('identity', NS.discoInfo, { category, type, name }),
    ),
    ...info.features.map((feature) => el('feature', NS.discoInfo, { var: feature })),
    ...info.forms.map(encodeDataForm),
  );
}

/** Reads the `<query/>` of an answer to disco#info whole; what is malformed in it is passed over. */
export function decodeDiscoInfo(query: Element): DiscoInfoResult {
  const forms: DataForm[] = [];
  for (const node of children(query, 'x', NS.dataForms)) {
    const form = decodeDataForm(node);
    if (form.ok) forms.push(form.value);
  }
  return { node: query.attrs.node, ...decodeDiscoIdentity(query), forms };
}

/** Writes the `<query/>` of an answer to disco#items. */
export function encodeDiscoItems(result: DiscoItemsResult): Element {
  return el(
    'query',
    NS.discoItems,
    { node: result.node },
    ...result.items.map(({ jid, node, name }) => el('item', NS.discoItems, { jid, node, name })),
    result.page && encodeRsmResult(result.page),
  );
}

/** Reads the `<query/>` of an answer to disco#items; entries without a valid address are passed over. */
export function decodeDiscoItems(query: Element): DiscoItemsResult {
  const items: DiscoItemEntry[] = [];
  for (const { attrs } of children(query, 'item', NS.discoItems)) {
    const jid = parseJid(attrs.jid ?? '');
    if (jid !== undefined) items.push({ jid, node: attrs.node, name: attrs.name });
  }
  return { node: query.attrs.node, items, page: decodeRsmResult(query) };
}
