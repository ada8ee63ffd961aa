import type { Member } from '../../flows/member.ts';
import { progressLines, readProgress } from '../../models/readProgress.ts';
import { readPipelines } from '../../models/pipelines.ts';
import type { Rendered } from '../../runtime/words.ts';
import type { BotDeps } from '../botDeps.ts';
import { pageButton } from '../pageButton.ts';
import { speech } from '../speech.ts';
import { byStage } from './team.ts';

/** How many vacancies one message has room for. */
const most = 15;

/** How the search for a client's vacancies goes: numbers, and nobody's name. */
export async function drawClientProgress(
  { db, clock, words, pages }: Pick<BotDeps, 'db' | 'clock' | 'words' | 'pages'>,
  client: Member,
): Promise<Rendered> {
  const said = speech(words, client);
  const [all, pipelines] = await Promise.all([readProgress(db, client._id, clock.now()), readPipelines(db)]);
  const blocks = all
    .slice(0, most)
    .map((one) =>
      [
        said.text('client.progress.vacancy', { title: { words: one.vacancy.title } }),
        ...progressLines(one).map(({ key, params }) => said.text(key, params)),
        ...(one.open.length > 0 ? [byStage(said, pipelines, one.open)] : []),
      ].join('\n'),
    );
  const rest = all.length - most;
  return {
    text: [
      said.text(all.length > 0 ? 'client.progress.title' : 'client.progress.none'),
      ...blocks,
      ...(rest > 0 ? [said.text('client.progress.more', { count: rest })] : []),
    ].join('\n\n'),
    buttons: [
      [said.button('staff.button.refresh', 'm:progress')],
      ...pageButton(said, pages?.(client._id, 'progress')),
    ],
  };
}
