import { isList, WireTime, type WireValue } from '#server/local-aws/wire/wire-value.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

/**
 * The inside of an element: structures by their members' names, lists as `<member>`, members named in `maps`
 * as `<entry>`, instants as ISO 8601.
 */
export function xmlMembers(value: WireValue, maps: ReadonlySet<string>): string {
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString('base64');
  }
  if (value instanceof WireTime) {
    return new Date(value.epochMs).toISOString();
  }
  if (typeof value !== 'object') {
    return escapeXml(String(value));
  }
  if (isList(value)) {
    return value.map((item) => `<member>${xmlMembers(item, maps)}</member>`).join('');
  }
  return Object.entries(value)
    .map(([name, member]) => {
      if (member === undefined) {
        return '';
      }
      const inner = maps.has(name) ? mapEntries(member, maps) : xmlMembers(member, maps);
      return `<${name}>${inner}</${name}>`;
    })
    .join('');
}

function mapEntries(value: WireValue, maps: ReadonlySet<string>): string {
  return Object.entries(value)
    .map(([key, item]: [string, WireValue]) => {
      return `<entry><key>${escapeXml(key)}</key><value>${xmlMembers(item, maps)}</value></entry>`;
    })
    .join('');
}
