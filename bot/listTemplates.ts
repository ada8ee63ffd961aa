import type { Template } from '../flows/templates/fillTemplate.ts';
import type { BotDeps } from './botDeps.ts';

/** Those an agency starts with; their words are `templates.shipped.<name>`. */
const shipped = ['road', 'papers', 'call', 'wait'];

/** The agency's quick answers, the oldest first. Before anybody has looked at them the shipped ones are put there. */
export async function listTemplates({
  db,
  words,
  clock,
}: Pick<BotDeps, 'db' | 'words' | 'clock'>): Promise<Template[]> {
  const fresh = await db.settings.updateOne(
    { _id: 'templatesShipped' },
    { $setOnInsert: { value: true } },
    { upsert: true },
  );
  if (fresh.upsertedCount > 0) {
    const say = (lang: string, key: string) => words.label({ lang, zone: 'utc' }, { key });
    await db.templates.insertMany(
      shipped.map((name, index) => ({
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
