/** The e-mail address in a text, in lower case; undefined when there is none. */
export function parseEmail(text: string): string | undefined {
  return /[\p{L}\d._%+-]{1,64}@(?:[\p{L}\d-]{1,63}\.)+\p{L}{2,24}/u.exec(text)?.[0].toLowerCase();
}
