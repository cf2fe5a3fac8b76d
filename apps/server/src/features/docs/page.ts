/** The contract as one static page: no script, so that the strict content security policy holds here too. */

type Parameter = { name: string; in: string; required: boolean };
type Operation = {
  summary: string;
  tags: string[];
  security: object[];
  parameters: Parameter[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, { description: string }>;
};
export type Document = {
  info: { title: string; description: string };
  paths: Record<string, Record<string, Operation>>;
};

const escapeHtml = (text: string) =>
  text.replace(
    /[&<>"]/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char,
  );

const access = ({ security }: Operation) => {
  if (security.length === 0) return 'public';
  return security.some((scheme) => Object.keys(scheme).length === 0) ? 'session optional' : 'session';
};

function operationHtml(path: string, method: string, operation: Operation): string {
  const parameters = operation.parameters.map(
    ({ name, in: where, required }) =>
      `<code>${escapeHtml(name)}</code> (${where}${required ? ', required' : ''})`,
  );
  const body = Object.entries(operation.requestBody?.content ?? {}).map(
    ([type, { schema }]) =>
      `<details><summary>${escapeHtml(type)}</summary><pre>${escapeHtml(JSON.stringify(schema, null, 2))}</pre></details>`,
  );
  const answers = Object.entries(operation.responses).map(
    ([status, { description }]) => `<li><b>${status}</b> ${escapeHtml(description)}</li>`,
  );
  return `<section><h3><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h3>
<p>${escapeHtml(operation.summary)} <i>(${access(operation)})</i></p>
${parameters.length > 0 ? `<p>Parameters: ${parameters.join(', ')}</p>` : ''}${body.join('')}<ul>${answers.join('')}</ul></section>`;
}

/** HTML of the whole document, grouped by tag. */
export function docsPage({ info, paths }: Document): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const byTag = Map.groupBy(operations, ({ operation }) => operation.tags[0] ?? 'other');
  const sections = [...byTag].map(
    ([tag, group]) =>
      `<h2>${escapeHtml(tag)}</h2>${group.map(({ path, method, operation }) => operationHtml(path, method, operation)).join('')}`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(info.title)} API</title>
<meta name="viewport" content="width=device-width"><style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
section{border-top:1px solid #8884;padding:.5rem 0}pre{overflow:auto;max-height:24rem;background:#8881;padding:1rem}
</style></head><body><h1>${escapeHtml(info.title)} API</h1><p>${escapeHtml(info.description)}</p>
<p><a href="/api/openapi.json">OpenAPI 3.1 document</a></p>${sections.join('')}</body></html>`;
}
