/**
 * One call of the control API. @throws Error with the server's own words when it says no.
 */
export async function api(method, path, body) {
  const answer = await fetch(path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.error ?? String(answer.status));
  return content;
}
