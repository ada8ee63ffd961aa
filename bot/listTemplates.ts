import { siteTemplates } from '../flows/templates/siteTemplates.ts';
import type { Template } from '../flows/templates/fillTemplate.ts';
import type { BotDeps } from './botDeps.ts';

/** Those an agency starts with; their words are `templates.shipped.<name>`. Each list is put there once, under its name. */
const shipped = {
  templatesShipped: ['road', 'papers', 'call', 'wait'],
  templatesShippedForSites: siteTemplates,
};

/** The agency's quick answers, the oldest first. Before anybody has looked at them the shipped ones are put there. */
export async function listTemplates({
  db,
  words,
  clock,
}: Pick<BotDeps, 'db' | 'words' | 'clock'>): Promise<Template[]> {
  for (const [_id, names] of Object.entries(shipped)) {
    const fresh = await db.settings.updateOne({ _id }, { $setOnInsert: { value: true } }, { upsert: true });
    if (fresh.upsertedCount === 0) continue;
    const say = (lang: string, key: string) => words.label({ lang, zone: 'utc' }, { key });
    await db.templates.insertMany(
      names.map((name, index) => ({
        _id: name,
        title: say('ru', `templates.shipped.${name}.title`),
        text: {
          ru: say('ru', `templates.shipped.${name}.text`),
          en: say('en', `templates.shipped.${name}.text`),
        },
        by: 'agency',
        createdAt: clock.now() + index,
      })),
    );
  }
  return db.templates.find().sort({ createdAt: 1, _id: 1 }).toArray();
}
