import { Refusal } from './refusal.ts';

/** A file that came with a multipart request. */
export interface Upload {
  name: string;
  type: string;
  bytes: Buffer;
}

/** The parameters of one call, wherever they stood: query, form or JSON. Telegram reads all of them as text. */
export class Params {
  private readonly fields: Record<string, unknown>;
  private readonly files: Map<string, Upload>;

  constructor(fields: Record<string, unknown>, files = new Map<string, Upload>()) {
    this.fields = fields;
    this.files = files;
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== null && this.fields[name] !== '';
  }

  /** A text, or undefined when absent. Numbers and booleans of a JSON body become text. */
  text(name: string): string | undefined {
    const value = this.fields[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  /** A whole number, or undefined when absent or not a number, as Telegram reads it. */
  integer(name: string): number | undefined {
    const value = this.text(name)?.trim();
    return value !== undefined && /^-?\d{1,16}$/.test(value) ? Number(value) : undefined;
  }

  flag(name: string): boolean {
    const value = this.text(name)?.trim().toLowerCase();
    return value === 'true' || value === '1' || value === 'yes';
  }

  /**
   * A structured parameter: an object in a JSON body, or JSON text in a form.
   * @param what names it in the refusal, e.g. `reply keyboard markup`.
   */
  json(name: string, what = name): unknown {
    const value = this.fields[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      throw Refusal.bad(`can't parse ${what} JSON object`);
    }
  }

  /** The file that a parameter names: the part of that name, or the one behind `attach://`. */
  upload(name: string): Upload | undefined {
    const direct = this.files.get(name);
    if (direct) return direct;
    const value = this.text(name);
    return value?.startsWith('attach://') ? this.files.get(value.slice('attach://'.length)) : undefined;
  }
}
