import type { Reader, Words } from '../../runtime/words.ts';
import { escapeHtml } from '../../runtime/words.ts';
import type { Document } from '../openapi/openapiDocument.ts';
import { operation, operations } from './operation.ts';
import { problemList } from './problemList.ts';
import { shape } from './shape.ts';
import { style } from './style.ts';

/** The documentation as one page that needs nothing else: no script, no font, nothing from outside. */
export function docsPage(words: Words, reader: Reader, document: Document): string {
  const say = (key: string) => escapeHtml(words.label(reader, { key: `api.docs.${key}` }));
  const all = operations(document);
  const tags = document.tags ?? [];
  const sections = tags.map(({ name, description }) => {
    const mine = all.filter(({ tags: [tag] }) => tag === name);
    return `<section id="${name}"><h2>${escapeHtml(description ?? name)}</h2>${mine
      .map((one) => operation(say, document, one))
      .join('')}</section>`;
  });
  const nav = tags.map(({ name, description }) => link(name, escapeHtml(description ?? name)));
  const schemas = Object.entries(document.components?.schemas ?? {})
    .filter(([name]) => !name.endsWith('Page'))
    .map(
      ([name, schema]) =>
        `<details><summary><code>${name}</code></summary><span id="schema-${name}"></span>${shape(say, document, schema)}</details>`,
    );
  return `<!doctype html>
<html lang="${reader.lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say('title')}</title><style>${style}</style></head>
<body><header><h1>${say('title')}</h1><p>${say('about')}</p>
<nav>${nav.join('')}${link('schemas', say('schemas'))}${link('problems', say('problems'))}</nav></header>
<main><section id="start"><h2>${say('start')}</h2>${start(say)}</section>
${sections.join('\n')}
<section id="schemas"><h2>${say('schemas')}</h2>${schemas.join('')}</section>
<section id="problems"><h2>${say('problems')}</h2><p>${say('problemsAbout')}</p>${problemList(words, reader, document)}</section>
</main><footer><a href="/api/openapi.json">openapi.json</a></footer></body></html>`;
}

const link = (id: string, text: string) => `<a href="#${id}">${text}</a>`;

/** The first call, and what holds for all of them. */
function start(say: (key: string) => string): string {
  const call = [
    'npm run key -- my-program reader',
    'curl -H "Authorization: Bearer $KEY" "$HOST/api/v1/applications?stage=review"',
  ];
  const rules = ['auth', 'idempotency', 'member', 'paging', 'times', 'language'];
  return `<pre>${escapeHtml(call.join('\n'))}</pre><ul>${rules.map((rule) => `<li>${say(rule)}</li>`).join('')}</ul>`;
}
