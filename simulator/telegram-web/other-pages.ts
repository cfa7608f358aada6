/** The home page of telegram.org, which stands in for pages that have vanished. */
export const homePage = `<!DOCTYPE html>
<html>
  <head>
    <meta charset="utf-8">
    <title>Telegram Messenger</title>
    <meta property="og:title" content="Telegram – a new era of messaging">
    <meta property="og:site_name" content="Telegram">
  </head>
  <body class="preload">
    <div class="tl_main_wrap">
      <div class="tl_main_head"><h1>Telegram</h1><h3>a new era of messaging</h3></div>
      <div class="tl_main_download"><a href="//telegram.org/dl">Get Telegram</a></div>
      <h3 class="tl_main_recent_news_header">Recent News</h3>
    </div>
  </body>
</html>
`;

/** A provider's notice in the place of a site that it blocks. */
export const providerPage = `<!DOCTYPE html>
<html lang="ru">
  <head><meta charset="utf-8"><title>Доступ ограничен</title></head>
  <body>
    <h1>Доступ к ресурсу ограничен</h1>
    <p>Доступ к запрашиваемому ресурсу ограничен оператором связи.</p>
  </body>
</html>
`;

/** A proxy's page for an HTTP error. */
export function errorPage(status: number, words: string): string {
  return `<html>
<head><title>${status} ${words}</title></head>
<body><center><h1>${status} ${words}</h1></center><hr><center>nginx/1.18.0</center></body>
</html>
`;
}
