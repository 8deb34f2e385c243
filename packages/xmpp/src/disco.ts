import { type DataForm, decodeDataForm, encodeDataForm } from './data-form.js';
import { type Jid, parseJid } from './jid.js';
import { NS } from './ns.js';
import { decodeRsmResult, encodeRsmResult, type RsmResult } from './rsm.js';
import { children, type Element, el } from './xml/element.js';

/** What an entity is (XEP-0030 section 3.1), by the registry of categories and types. */
export interface DiscoIdentity {
  readonly category: string;
  readonly type: string;
  readonly name?: string | undefined;
}

/** An answer to disco#info. */
export interface DiscoInfoResult {
  readonly node?: string | undefined;
  readonly identities: readonly DiscoIdentity[];
  readonly features: readonly string[];
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

/** Reads of an answer to disco#info what an entity is and can do; what is malformed in it is passed over. */
export function decodeDiscoIdentity(query: Element): Pick<DiscoInfoResult, 'features' | 'identities'> {
  return {
    identities: children(query, 'identity', NS.discoInfo).map(({ attrs }) => ({
      category: attrs.category ?? '',
      type: attrs.type ?? '',
      name: attrs.name,
    })),
    features: children(query, 'feature', NS.discoInfo).flatMap(({ attrs }) => attrs.var ?? []),
  };
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
