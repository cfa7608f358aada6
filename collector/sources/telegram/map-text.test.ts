import { Api, helpers } from 'telegram';
import { expect, test } from 'vitest';
import { messageText } from './map-text.ts';

const big = helpers.returnBigInt;
const say = (text: string) => new Api.TextWithEntities({ text, entities: [] });

function message(media?: Api.TypeMessageMedia, text = '', id = 5): Api.Message {
  const peerId = new Api.PeerChannel({ channelId: big(7) });
  return new Api.Message({ id, peerId, date: 1, message: text, ...(media ? { media } : {}) });
}

const poll = new Api.MessageMediaPoll({
  poll: new Api.Poll({
    id: big(1),
    question: say('Придёте на собрание?'),
    answers: ['Да', ' ', 'Нет'].map(
      (text, option) => new Api.PollAnswer({ text: say(text), option: Buffer.from([option]) }),
    ),
  }),
  results: new Api.PollResults({}),
});

function link(more: Partial<ConstructorParameters<typeof Api.WebPage>[0]>): Api.MessageMediaWebPage {
  const page = { id: big(1), url: 'https://example.org/a', displayUrl: 'example.org/a', hash: 0 };
  return new Api.MessageMediaWebPage({ webpage: new Api.WebPage({ ...page, ...more }) });
}

function file(fileName: string, isVideo = true): Api.MessageMediaDocument {
  const attributes: Api.TypeDocumentAttribute[] = [new Api.DocumentAttributeFilename({ fileName })];
  if (isVideo) attributes.push(new Api.DocumentAttributeVideo({ duration: 5, w: 1, h: 1 }));
  return new Api.MessageMediaDocument({
    document: new Api.Document({
      id: big(1),
      accessHash: big(1),
      fileReference: Buffer.alloc(0),
      date: 1,
      mimeType: 'video/mp4',
      size: big(1),
      dcId: 2,
      attributes,
    }),
  });
}

test('a post has its own words, whatever is attached', () => {
  expect(messageText([message(poll, 'Опрос')])).toEqual({ text: 'Опрос', kind: 'text' });
  expect(messageText([message()])).toEqual({ text: '', kind: 'text' });
});

test('a poll has its question and its answers, a line each', () => {
  expect(messageText([message(poll)])).toEqual({ text: 'Придёте на собрание?\nДа\nНет', kind: 'poll' });
});

test('an article and a video of a site have the title that is shown', () => {
  expect(messageText([message(link({ title: ' Колдоговор ', type: 'article' }))])).toEqual({
    text: 'Колдоговор',
    kind: 'article',
  });
  expect(messageText([message(link({ title: 'Съезд', type: 'video' }))])).toEqual({
    text: 'Съезд',
    kind: 'video',
  });
  expect(messageText([message(link({}))])).toEqual({ text: '', kind: 'text' });
  const hidden = new Api.MessageMediaWebPage({ webpage: new Api.WebPageEmpty({ id: big(1) }) });
  expect(messageText([message(hidden)])).toEqual({ text: '', kind: 'text' });
});

test('a video has the name that a person gave to its file', () => {
  const title = (fileName: string) => messageText([message(file(fileName))]);
  expect(title('Отчётная конференция 2026.mp4')).toEqual({
    text: 'Отчётная конференция 2026',
    kind: 'video',
  });
  expect(title('report.mp4')).toEqual({ text: 'report', kind: 'video' });
  for (const made of [
    'IMG_0042.MOV',
    'video_2026-03-10_12-00-00.mp4',
    '20260310_120000.mp4',
    '0b1c2d3e4f.mp4',
  ]) {
    expect(title(made)).toEqual({ text: '', kind: 'text' });
  }
  expect(messageText([message(file('Устав.pdf', false))])).toEqual({ text: '', kind: 'text' });
});

test('the words of an album are those of whichever message has some', () => {
  expect(messageText([message(file('IMG_1.mp4')), message(file('Митинг.mp4'), '', 6)])).toEqual({
    text: 'Митинг',
    kind: 'video',
  });
  expect(messageText([message(undefined, 'один'), message(undefined, 'два', 6)]).text).toBe('один\n\nдва');
});

test('words without end are cut', () => {
  expect(messageText([message(undefined, 'я'.repeat(5_000_000))]).text).toHaveLength(65_536);
  expect(messageText([message(link({ title: 'я'.repeat(70_000) }))]).text).toHaveLength(65_536);
});
