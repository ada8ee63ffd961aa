import type { Application, Candidate } from '../flows/candidate.ts';
import type { Member } from '../flows/member.ts';
import type { TemplateValues } from '../flows/templates/fillTemplate.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import { givenName, nameInCase } from './nameInCase.ts';
import type { Words } from './words.ts';

/** What the fields of a quick answer are for one candidate, in their language and zone. */
export function templateValues(
  words: Words,
  about: {
    candidate: Candidate;
    application: Application;
    vacancy: Vacancy | undefined;
    recruiter: Member | undefined;
  },
): TemplateValues {
  const { candidate, application, vacancy, recruiter } = about;
  const { name } = candidate;
  const { interview } = application;
  const reader = { lang: candidate.lang, zone: candidate.zone };
  const say = (key: string, params = {}) => words.label(reader, { key, params });
  return (field, nameCase) => {
    switch (field) {
      case 'name':
      case 'fullName': {
        if (name === undefined) return undefined;
        const called = field === 'name' ? givenName(name) : name;
        return nameCase && reader.lang === 'ru' ? nameInCase(called, nameCase) : called;
      }
      case 'vacancy':
        return vacancy && words.label(reader, { words: vacancy.title });
      case 'when':
        return interview && say('templates.when', { when: { at: interview.start, as: 'dateTime' } });
      case 'address':
        return vacancy?.address;
      case 'link':
        return vacancy?.link;
      case 'recruiter':
        return recruiter?.name;
    }
  };
}
