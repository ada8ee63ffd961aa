/**
 * A vacancy's own question. Answers are kept under `id`, so a question may be reworded, moved or removed while
 * somebody is half-way through: nothing lands under the wrong one.
 */
export interface Question {
  id: string;
  kind: 'yesno' | 'choice' | 'several' | 'number' | 'text' | 'date' | 'city' | 'phone' | 'email' | 'file';
  /** What the candidate reads, by language (`ru` is always there). */
  text: Words;
  options?: { id: string; text: Words }[];
  unit?: Words;
  min?: number;
  max?: number;
  /** May the candidate pass it by? Shown as a "Skip" button. */
  optional?: boolean;
  rule?: Rule;
}

/** Text in several languages; Russian is the one that is always written. */
export type Words = { ru: string } & Record<string, string>;

/**
 * How an answer counts. `knockOut`: a wrong answer ends the application politely. Otherwise `points` are added to
 * the score when the answer fits. `expect` lists option ids ("yes"/"no" for yes/no); numbers use min and max; a
 * city is compared by its name.
 */
export interface Rule {
  expect?: string[];
  min?: number;
  max?: number;
  points?: number;
  knockOut?: boolean;
}

/** An answer as it is kept. `text` is what a person reads; `value` is what rules look at. */
export interface Answer {
  kind: Question['kind'];
  value: AnswerValue;
  text: string;
  at: number;
  /** The question as it was asked, in Russian: it may be reworded later. */
  asked: string;
  file?: IncomingFile;
  skipped?: boolean;
}

/** Text, a number, or a list of option ids. */
export type AnswerValue = string | number | string[];

/**
 * A file a person sent. `telegram`: `id` is Telegram's own handle (file_id), good for ever; `kept`: it stands in our
 * collection of attachments, since the channel it came by keeps nothing; `made`: it is drawn from data when it is sent.
 */
export interface IncomingFile {
  channel: 'telegram' | 'kept' | 'made';
  id: string;
  name: string;
  kind: 'document' | 'photo' | 'voice' | 'other';
  size?: number;
}
