import { fillTemplate } from '../flows/templates/fillTemplate.ts';
import { isSourceName, type SourceName } from '../flows/sites/sourceNames.ts';
import { siteTemplate } from '../flows/templates/siteTemplates.ts';
import type { Database } from '../models/database.ts';
import type { Channel, SendResult } from '../runtime/channel.ts';
import type { PersonLinks } from '../runtime/personLinks.ts';
import { templateValues } from '../runtime/templateValues.ts';
import type { Reader, Words } from '../runtime/words.ts';
import { AnswerRefused, type Source, SourceError } from './source.ts';

/**
 * Answers to responses, as a channel: an address is `hh:<response>`. The words are the agency's own, of `/templates`; an
 * invitation brings the link to the person's page, where a time is chosen. A source takes an answer once however often it
 * is told, so one of unknown outcome is told again.
 */
export function makeAnswers(deps: {
  db: Pick<Database, 'candidates' | 'vacancies' | 'members' | 'templates'>;
  words: Words;
  links: Pick<PersonLinks, 'page'>;
  sources: Source[];
}): Channel {
  const { words, links, sources } = deps;
  return {
    send: async (address, _message, { template, application = '', reader }) => {
      const [name = '', response = ''] = address.split(':');
      const source = sources.find((one) => isSourceName(name) && one.name === name);
      if (!source?.answer) return { outcome: 'refused', error: 'notConnected' };
      const kind = template === 'sites.answer.invite' ? 'invite' : 'refuse';
      const text = await textOf(deps, source.name, kind, application, reader);
      const page = kind === 'invite' ? links.page(application) : undefined;
      const link = page && words.label(reader, { key: 'sites.answer.choose', params: { url: page } });
      try {
        await source.answer(response, { kind, text: link ? `${text}\n\n${link}` : text });
        return { outcome: 'sent' };
      } catch (error) {
        return resultOf(error);
      }
    },
  };
}

function resultOf(error: unknown): SendResult {
  if (error instanceof AnswerRefused) return { outcome: 'refused', error: 'closed' };
  const { why, retryAfter } =
    error instanceof SourceError ? error : { why: 'noAnswer' as const, retryAfter: undefined };
  if (why !== 'noAnswer' && why !== 'limit') return { outcome: 'refused', error: why };
  const later = retryAfter === undefined ? {} : { retryAfter: retryAfter * 1_000 };
  return { outcome: 'notArrived', error: why, ...later };
}

/** The agency's words, or those it started with when there are none or something in them is not known of this person. */
async function textOf(
  { db, words }: Pick<Parameters<typeof makeAnswers>[0], 'db' | 'words'>,
  source: SourceName,
  kind: 'invite' | 'refuse',
  application: string,
  reader: Reader,
): Promise<string> {
  const name = siteTemplate(source, kind);
  const shipped = words.label(reader, { key: `templates.shipped.${name}.text` });
  const template = await db.templates.findOne({ _id: name });
  const candidate = await db.candidates.findOne({ 'applications.id': application });
  const about = candidate?.applications.find(({ id }) => id === application);
  if (!candidate || !about) return shipped;
  const vacancy = (await db.vacancies.findOne({ _id: about.vacancy })) ?? undefined;
  const recruiter = (await db.members.findOne({ _id: about.recruiter ?? '' })) ?? undefined;
  const values = templateValues(words, { candidate, application: about, vacancy, recruiter });
  const known = Object.values(words.lexicon).map(({ templates }) => templates);
  const own = template && fillTemplate(template.text[reader.lang] ?? template.text.ru, known, values);
  if (own && own.missing.length + own.unknown.length === 0) return own.text;
  return fillTemplate(shipped, known, values).text;
}
