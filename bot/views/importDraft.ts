import { importFields, importStages } from '../../flows/imports/mapping.ts';
import type { TableImport } from '../../flows/imports/tableImport.ts';
import type { Param } from '../../flows/effect.ts';
import type { Member } from '../../flows/member.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { Database } from '../../models/database.ts';
import type { Rendered, RenderedButton, Words } from '../../runtime/words.ts';
import { inRows, type Speech, speech } from '../speech.ts';
import { pages } from './newLeads.ts';

type Deps = { db: Database; words: Words };

/** How many columns stand on a screen, and how many values of the table. */
const perPage = 8;
/** How many vacancies may be chosen from. */
const mostVacancies = 30;

/** What a table's columns were taken for, with the buttons that change it: `im:<verb>:<import>:<version>[:<argument>…]`. */
export async function drawDraft(
  { db, words }: Deps,
  member: Member,
  table: TableImport,
  page: number,
): Promise<Rendered> {
  const said = speech(words, member);
  const { file, sheets, sheet, layout, mapping, rows, samples } = table;
  const columns = layout.headings.map((heading, at) => ({
    heading,
    at,
    field: mapping.columns[at] ?? 'note',
  }));
  const on = columns.slice(page * perPage, (page + 1) * perPage);
  const lines = on.map(({ heading, at, field }) =>
    said.text('import.draft.line', {
      number: at + 1,
      heading: heading.slice(0, 60),
      field: { key: `import.field.${field}` },
      sample: sampleOf(said, samples[at]),
    }),
  );
  const vacancies = await vacanciesOf(db);
  const about = [
    said.text('import.draft.title', { name: file.name }),
    ...(sheets.length > 1 ? [said.text('import.draft.sheet', { sheet: sheets[sheet] ?? '—' })] : []),
    said.text('import.draft.rows', { count: rows }),
  ];
  const defaults = [
    said.text('import.draft.vacancy', { vacancy: titleOf(vacancies, mapping.vacancy) }),
    said.text('import.draft.stage', { stage: { key: `staff.stage.${mapping.stage}` } }),
  ];
  const known = mapping.columns.some((field) => field === 'phone' || field === 'email');
  return {
    text: [
      about.join('\n'),
      ...lines,
      defaults.join('\n'),
      ...(known ? [] : [said.text('import.draft.noPhone')]),
      said.text('import.draft.ask'),
    ].join('\n\n'),
    buttons: draftButtons(
      said,
      table,
      on.map(({ at }) => at),
      page,
    ),
  };
}

function draftButtons(said: Speech, table: TableImport, on: number[], page: number): RenderedButton[][] {
  const { _id, version, sheets, sheet, layout, mapping } = table;
  const data = (verb: string, ...rest: number[]) => ['im', verb, _id, version, ...rest].join(':');
  const button = (key: string, verb: string) => said.button(`import.button.${key}`, data(verb));
  const numbers = on.map((at) => ({ label: String(at + 1), data: data('col', at) }));
  const turn = pages(said, `im:page:${_id}`, page, (page + 1) * perPage < layout.headings.length);
  return [
    ...inRows(numbers, 4),
    ...(turn.length > 0 ? [turn] : []),
    ...(sheets.length > 1
      ? [
          [
            said.button('import.button.sheet', data('sheets'), {
              params: { sheet: (sheets[sheet] ?? '—').slice(0, 30) },
            }),
          ],
        ]
      : []),
    ...(mapping.vacancies.length > 0 ? [[button('vacancies', 'vacs')]] : []),
    ...(mapping.stages.length > 0 ? [[button('stages', 'stages')]] : []),
    [button('vacancy', 'dvac'), button('stage', 'dst')],
    [said.button('import.button.check', data('check'), { style: 'primary' })],
    [said.button('import.button.drop', data('drop'))],
  ];
}

/** The choices of one screen; `at` is the column, or the value of the table, that is asked about. */
export async function drawChoices(
  { db, words }: Deps,
  member: Member,
  table: TableImport,
  what: 'col' | 'sheets' | 'vacs' | 'vac' | 'stages' | 'stage' | 'dvac' | 'dst',
  at: number,
): Promise<Rendered> {
  const said = speech(words, member);
  const { _id, version, mapping, layout, samples, sheets } = table;
  const data = (verb: string, ...rest: (string | number)[]) => ['im', verb, _id, version, ...rest].join(':');
  const vacancies = await vacanciesOf(db);
  const choice = (label: string, to: string): RenderedButton[] => [{ label: label.slice(0, 60), data: to }];
  const vacancyRows = (verb: string, ...rest: number[]) =>
    vacancies
      .slice(0, mostVacancies)
      .map(({ title }, index) => choice(said.label({ words: title }), data(verb, ...rest, index)));
  const stageButtons = (verb: string, ...rest: number[]) =>
    importStages.map((stage, index) => said.button(`staff.stage.${stage}`, data(verb, ...rest, index)));
  const screens: Record<typeof what, () => { text: string; rows: RenderedButton[][] }> = {
    col: () => ({
      text: said.text('import.askField', {
        heading: layout.headings[at] ?? '—',
        sample: sampleOf(said, samples[at]),
      }),
      rows: inRows(
        importFields.map((field, index) => said.button(`import.field.${field}`, data('setCol', at, index))),
        2,
      ),
    }),
    sheets: () => ({
      text: said.text('import.askSheet'),
      rows: sheets.slice(0, 30).map((name, index) => choice(name || '—', data('setSheet', index))),
    }),
    vacs: () => ({
      text: said.text('import.vacancies'),
      rows: mapping.vacancies
        .slice(at * perPage, (at + 1) * perPage)
        .map(({ value, to }, index) =>
          choice(
            said.plain('import.valueLine', { value, to: vacancyName(vacancies, to) }),
            data('vac', at * perPage + index),
          ),
        ),
    }),
    vac: () => ({
      text: said.text('import.askVacancyOf', { value: mapping.vacancies[at]?.value ?? '—' }),
      rows: [
        ...vacancyRows('setVac', at),
        choice(said.plain('import.noVacancy'), data('setVac', at, 'none')),
        choice(said.plain('import.skipRows'), data('setVac', at, 'skip')),
      ],
    }),
    stages: () => ({
      text: said.text('import.stages'),
      rows: mapping.stages.slice(at * perPage, (at + 1) * perPage).map(({ value, to }, index) =>
        choice(
          said.plain('import.valueLine', {
            value,
            to: { key: to === 'none' ? 'import.byDefault' : `staff.stage.${to}` },
          }),
          data('stage', at * perPage + index),
        ),
      ),
    }),
    stage: () => ({
      text: said.text('import.askStageOf', { value: mapping.stages[at]?.value ?? '—' }),
      rows: [
        ...inRows(stageButtons('setStage', at), 2),
        choice(said.plain('import.byDefault'), data('setStage', at, 'none')),
      ],
    }),
    dvac: () => ({
      text: said.text('import.askVacancy'),
      rows: [choice(said.plain('import.noVacancy'), data('setDvac', 'none')), ...vacancyRows('setDvac')],
    }),
    dst: () => ({ text: said.text('import.askStage'), rows: inRows(stageButtons('setDst'), 2) }),
  };
  const { text, rows } = screens[what]();
  const list = what === 'vacs' ? mapping.vacancies : what === 'stages' ? mapping.stages : [];
  const turn = pages(said, data(what), at, (at + 1) * perPage < list.length);
  const up = what === 'vac' ? 'vacs' : what === 'stage' ? 'stages' : undefined;
  const back = said.button('import.button.back', up ? data(up, Math.floor(at / perPage)) : `im:open:${_id}`);
  return { text, buttons: [...rows, ...(list.length > 0 && turn.length > 0 ? [turn] : []), [back]] };
}

/** The vacancies a table may bring people to, in the order of their buttons: the open ones first. */
export async function vacanciesOf(db: Pick<Database, 'vacancies'>): Promise<Vacancy[]> {
  const all = await db.vacancies.find().sort({ createdAt: -1, _id: 1 }).toArray();
  return all.sort((a, b) => Number(b.status === 'open') - Number(a.status === 'open'));
}

function titleOf(vacancies: Vacancy[], id: string | undefined): Param {
  const found = vacancies.find(({ _id }) => _id === id);
  return found ? { words: found.title } : { key: 'import.noVacancy' };
}

function vacancyName(vacancies: Vacancy[], to: string): Param {
  return to === 'skip' ? { key: 'import.skipRows' } : titleOf(vacancies, to);
}

function sampleOf(said: Speech, sample: string[] = []): string {
  return sample.length > 0 ? sample.join('; ') : said.plain('import.draft.noSample');
}
