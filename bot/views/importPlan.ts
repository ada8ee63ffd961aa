import type { TableImport } from '../../flows/imports/tableImport.ts';
import type { Member } from '../../flows/member.ts';
import type { Plan } from '../../runtime/imports.ts';
import type { Rendered, Words } from '../../runtime/words.ts';
import { speech } from '../speech.ts';
import { countLines, outcomes } from './importViews.ts';

/** So many vacancies are made at once: a column with more names is no list of vacancies. */
const most = 20;

/** What a table calls vacancies that we do not have; none when they are too many to be vacancies. */
export function unknownVacancies({ mapping }: Pick<TableImport, 'mapping'>): string[] {
  const names = mapping.vacancies.flatMap(({ value, to }) => (to === 'none' ? [value] : []));
  return names.length > most ? [] : names;
}

/** What a dry run says, and the button that does it in earnest. */
export function drawPlan(words: Words, member: Member, table: TableImport, plan: Plan): Rendered {
  const said = speech(words, member);
  const { _id, version, file } = table;
  const { counts, examples, problems } = plan;
  const rows = counts.made + counts.joined;
  const shown = examples.map(({ number, name, what, doubts, alike }) =>
    said.text('import.plan.example', {
      number,
      name: (name ?? '—').slice(0, 60),
      why: [
        ...(what === 'made' || what === 'joined' ? [] : [said.plain(`import.row.${what}`)]),
        ...doubts.map((field) => said.plain(`import.doubt.${field}`)),
        ...(alike.length > 0 ? [said.plain('import.alike', { names: alike.slice(0, 3).join(', ') })] : []),
      ].join('; '),
    }),
  );
  const unknown = unknownVacancies(table);
  const lines = countLines(said, counts, outcomes);
  const text = [
    said.text('import.plan.title', { name: file.name }),
    lines.join('\n'),
    ...(shown.length > 0 ? [[said.text('import.plan.examples'), ...shown].join('\n')] : []),
    ...(unknown.length > 0
      ? [said.text('import.plan.unknown', { names: unknown.join(', ').slice(0, 300) })]
      : []),
    said.text(rows > 0 ? 'import.plan.silent' : 'import.plan.nothing'),
  ];
  const go = said.button('import.button.go', `im:go:${_id}:${version}`, {
    style: 'success',
    params: { count: rows },
  });
  return {
    text: text.filter((part) => part !== '').join('\n\n'),
    buttons: [
      ...(rows > 0 ? [[go]] : []),
      ...(unknown.length > 0
        ? [
            [
              said.button('import.button.newVacancies', `im:newVacs:${_id}:${version}`, {
                params: { count: unknown.length },
              }),
            ],
          ]
        : []),
      ...(problems ? [[said.button('import.button.problems', `im:problems:${_id}`)]] : []),
      [said.button('import.button.change', `im:open:${_id}`)],
      [said.button('import.button.drop', `im:drop:${_id}:${version}`)],
    ],
  };
}
