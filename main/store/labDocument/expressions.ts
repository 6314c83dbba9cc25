/** SQL that gives rows as JSON in the words of a lab file. All of it is text of this program. */

/** A JSON object of the given expressions, each a piece of SQL. */
export function object(fields: Readonly<Record<string, string>>): string {
  return `json_object(${Object.entries(fields).map(([key, expression]) => `'${key}', ${expression}`).join(', ')})`;
}

/** A JSON list of `item` over `from`, in the order of `orderBy`. */
export function list(item: string, from: string, orderBy: string): string {
  return `json(coalesce((SELECT json_group_array(${item} ORDER BY ${orderBy}) FROM ${from}), '[]'))`;
}

/** A JSON object, or nothing when there is no such row. */
export function optional(item: string, from: string): string {
  return `json((SELECT ${item} FROM ${from}))`;
}

/** Stored flags are 0 and 1. */
export function flag(column: string): string {
  return `json(iif(${column} = 1, 'true', 'false'))`;
}

export function address(column: string): string {
  return `format_ipv4(${column})`;
}

export function mac(column: string): string {
  return `format_mac(${column})`;
}

export function prefix(addressColumn: string, lengthColumn: string): string {
  return `format_ipv4(${addressColumn}) || '/' || ${lengthColumn}`;
}

/** Words of a comma-separated column. */
export function words(column: string): string {
  return `json(iif(${column} = '', '[]', '["' || replace(${column}, ',', '","') || '"]'))`;
}

/** Nothing when the text is the one that the console gives by itself. */
export function unlessUsual(text: string, usual: string): string {
  return `nullif(${text}, ${usual})`;
}
