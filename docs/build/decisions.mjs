// The list of decisions, from their first lines.
export function decisionsPage(decisions) {
  const lines = decisions.map(({ name, text }) => {
    const title = text.match(/^#\s+(?:\d+\.\s*)?(.*)$/m)?.[1] ?? name
    return `- ${name.slice(0, 4)} [${title}](./${name})`
  })
  return `# Decisions\n\nChoices that someone will question, each on half a page.\n\n${lines.join('\n')}\n`
}
