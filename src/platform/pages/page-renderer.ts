/**
 * Turns a template and its data into a page. Everything a template prints is escaped; what a person
 * or an officer wrote is never markup, and no template may hold a script or a style of its own.
 */
import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';
import { dayInWords, direction, languageTag } from './page-language.ts';
import type { PageLanguage } from './page-words.ts';
import type { StaticAssets } from './static-assets.ts';

export type RenderPage = (
  template: string,
  language: PageLanguage,
  data?: Readonly<Record<string, unknown>>,
) => string;

export interface RendererOptions {
  /** Folders of templates, beside the shared layout. */
  readonly templates: readonly string[];
  readonly assets: StaticAssets;
  readonly organisation: string;
}

const SHARED_TEMPLATES = fileURLToPath(new URL('templates', import.meta.url));

export function createPageRenderer(options: RendererOptions): RenderPage {
  const loader = new nunjucks.FileSystemLoader([SHARED_TEMPLATES, ...options.templates]);
  const environment = new nunjucks.Environment(loader, {
    autoescape: true,
    throwOnUndefined: false,
    trimBlocks: true,
    lstripBlocks: true,
  });
  environment.addGlobal('asset', options.assets.address);
  environment.addGlobal('organisation', options.organisation);
  environment.addFilter('whole', whole);
  environment.addFilter('tag', languageTag);
  environment.addFilter('dir', direction);
  return (template, language, data = {}) =>
    environment.render(template, {
      ...data,
      language,
      t: language.say,
      linked: (name: string, links: Links, values?: Values) =>
        linked(language, name, links, values),
      day: (isoDay: string) => dayInWords(isoDay, language.code),
    });
}

type Values = Readonly<Record<string, string>>;
type Links = Readonly<Record<string, { readonly text: string; readonly href: string }>>;

/** A sentence in which some places are links: "Call {number}." */
function linked(language: PageLanguage, name: string, links: Links, values: Values = {}) {
  const marks = Object.keys(links).map((place) => [place, `\u0001${place}\u0001`] as const);
  const sentence = language.say(name, { ...values, ...Object.fromEntries(marks) });
  const escaped = escapeHtml(sentence);
  const html = marks.reduce((text, [place, mark]) => {
    const link = links[place];
    return link === undefined ? text : text.replaceAll(mark, () => anchor(link));
  }, escaped);
  return new nunjucks.runtime.SafeString(html);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Sums and phone numbers kept in one piece and the right way round inside right-to-left text. */
function whole(text: string) {
  const pattern = /[£€$]\d(?:[\d,.]*\d)?|\d{2,}(?: \d{2,})+/g;
  const html = escapeHtml(text).replaceAll(pattern, '<bdi dir="ltr">$&</bdi>');
  return new nunjucks.runtime.SafeString(html);
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');
}

function anchor({ text, href }: { readonly text: string; readonly href: string }): string {
  // <bdi> keeps a number or an address whole inside right-to-left text.
  return `<a href="${escapeHtml(href)}"><bdi>${escapeHtml(text)}</bdi></a>`;
}
