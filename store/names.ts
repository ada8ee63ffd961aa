/** The names in a text: fields, options, operators, as the manual lists them. */
export const names = (text: string): readonly string[] => text.split(/\s+/).filter((name) => name !== '');
