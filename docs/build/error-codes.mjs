// The error catalogue as a page: one table for HTTP, one for the sockets.
const GENERATED = '<!-- Made from api-spec/errors.yaml by docs/build; edit that. -->'

const cell = (text) => String(text ?? '').replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ').trim()

function extras({ top = [], details = [], headers = [] } = {}) {
  return [
    ...top.map((name) => `\`${name}\``),
    ...details.map((name) => `\`details.${name}\``),
    ...headers.map((name) => `header \`${name}\``),
  ].join(', ')
}

const table = (head, rows) =>
  [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n')

export function errorCodesPage({ codes }) {
  const http = codes.filter((entry) => entry.httpStatus !== null)
  const socket = codes.filter((entry) => entry.scopes.some((scope) => scope !== 'rest'))
  const name = (entry) => `<a id="${entry.code}"></a>\`${entry.code}\``
  return `${GENERATED}

# Error codes

Every refusal over HTTP is an envelope; \`requestId\` is the value of the \`X-Request-Id\` header and of the daemon's log
line for that request.

\`\`\`json
{
  "ok": false,
  "code": "RENDER_STORE_FULL",
  "message": "Render store budget exceeded.",
  "hint": "Delete or unpin older renders before saving a new one.",
  "requestId": "abc-123"
}
\`\`\`

## Over HTTP

${table(['Code', 'Status', 'Cause', 'Next step', 'Also carries'],
    http.map((entry) => [name(entry), entry.httpStatus, cell(entry.cause), cell(entry.documented), extras(entry.extra)]))}

## On sockets and event streams

A frame \`{"type": "error", "code", "message", "hint"}\` on \`/ws\`, \`{"type": "jam_error", ...}\` on \`/ws/jam\`. The
connection stays open unless a close code is named.

${table(['Code', 'Where', 'Cause', 'Next step', 'Close'],
    socket.map((entry) => [`\`${entry.code}\``, entry.scopes.filter((scope) => scope !== 'rest').join(', '),
      cell(entry.cause), cell(entry.documented ?? entry.hint), entry.closeCode ?? '']))}
`
}
