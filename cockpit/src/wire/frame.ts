/** A block of audio as the sockets send it. */
export interface PcmFrame {
  readonly sequence: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  /** Interleaved, at full scale 1. */
  readonly samples: Float32Array;
}

const HEADER_BYTES = 16;
const FORMAT_F32 = 0;
const FORMAT_S16 = 1;

/**
 * Reads the little-endian frame of protocol 1: u32 sequence, u16 channels, u16 format, u32 sample rate, u32 block size,
 * samples. Undefined for what is not such a frame.
 */
export function parseFrame(bytes: ArrayBuffer): PcmFrame | undefined {
  if (bytes.byteLength < HEADER_BYTES) return undefined;
  const view = new DataView(bytes);
  const channels = view.getUint16(4, true);
  const format = view.getUint16(6, true);
  const count = view.getUint32(12, true) * channels;
  if (channels < 1 || channels > 2) return undefined;
  const samples = readSamples(view, format, count);
  if (samples === undefined) return undefined;
  return { sequence: view.getUint32(0, true), channels, sampleRateHz: view.getUint32(8, true), samples };
}

function readSamples(view: DataView, format: number, count: number): Float32Array | undefined {
  const bodyBytes = view.byteLength - HEADER_BYTES;
  if (format === FORMAT_F32 && bodyBytes === count * 4) {
    return Float32Array.from({ length: count }, (_, i) => view.getFloat32(HEADER_BYTES + 4 * i, true));
  }
  if (format === FORMAT_S16 && bodyBytes === count * 2) {
    return Float32Array.from({ length: count }, (_, i) => view.getInt16(HEADER_BYTES + 2 * i, true) / 32_768);
  }
  return undefined;
}
