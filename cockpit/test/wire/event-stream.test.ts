import { expect, it } from 'vitest';
import { streamEvents, type StreamEvent } from '../../src/wire/event-stream.ts';

async function read(...chunks: string[]): Promise<StreamEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  const events: StreamEvent[] = [];
  for await (const event of streamEvents(body)) events.push(event);
  return events;
}

it('reads frames and skips comments', async () => {
  expect(await read(': queue depth 0\n\nevent: queued\ndata: {"a":1}\n\n: beat\n\n')).toEqual([{ event: 'queued', data: '{"a":1}' }]);
});

it('joins chunks that cut a frame, a line ending and a character', async () => {
  const euro = new TextEncoder().encode('event: x\r\ndata: €\r\n\r\n');
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of euro) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  const events: StreamEvent[] = [];
  for await (const event of streamEvents(body)) events.push(event);
  expect(events).toEqual([{ event: 'x', data: '€' }]);
});

it('joins several data lines', async () => {
  expect(await read('data: a\ndata: b\n\n')).toEqual([{ event: 'message', data: 'a\nb' }]);
});
