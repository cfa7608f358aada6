const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in HTML, in attributes too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** An emoji as `t.me` draws it: a picture over the character itself. */
export function emojiHtml(emoji: string): string {
  const bytes = Buffer.from(emoji.replace(/\uFE0F/g, ''), 'utf8')
    .toString('hex')
    .toUpperCase();
  const picture = `//telegram.example.org/img/emoji/40/${bytes}.png`;
  return `<i class="emoji" style="background-image:url('${picture}')"><b>${emoji}</b></i>`;
}

/** Addresses, hashtags, names, emoji and line breaks, in the order in which they are tried. */
const special =
  /(?<url>https?:\/\/[^\s<>"]+)|(?<tag>#[\p{L}\p{N}_]+)|(?<name>@[A-Za-z]\w{3,31})|(?<emoji>\p{Extended_Pictographic}\uFE0F?)|(?<line>\n)/gu;

function specialHtml(groups: Partial<Record<string, string>>): string {
  const { url, tag, name, emoji } = groups;
  if (url !== undefined) {
    const address = escapeHtml(url);
    const ask = `onclick="return confirm('Open this link?\\n\\n'+this.href);"`;
    return `<a href="${address}" target="_blank" rel="noopener" ${ask}>${address}</a>`;
  }
  if (tag !== undefined) return `<a href="?q=${encodeURIComponent(tag)}">${tag}</a>`;
  if (name !== undefined) return `<a href="https://t.me/${name.slice(1)}" target="_blank">${name}</a>`;
  return emoji === undefined ? '<br/>' : emojiHtml(emoji);
}

/** A message's words as `t.me` shows them: its text, read off the HTML, is the words again, a break for each line. */
export function textHtml(text: string): string {
  let html = '';
  let done = 0;
  for (const match of text.matchAll(special)) {
    html += escapeHtml(text.slice(done, match.index)) + specialHtml(match.groups ?? {});
    done = match.index + match[0].length;
  }
  return html + escapeHtml(text.slice(done));
}
