import { crc32, deflateSync } from 'node:zlib';

/** What a page of ours takes as an upload. */
const paper = (name, mimeType, buffer) => ({ name, mimeType, buffer });

/** A court order on one page, as a PDF made here. `told` makes its bytes its own: a case takes the
 *  same paper only once. */
export function courtOrder(name, told) {
  const text = `BT /F1 12 Tf 72 720 Td (${told}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R'
      + ' /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const places = objects.map((body, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const count = objects.length + 1;
  const table = `xref\n0 ${count}\n0000000000 65535 f \n${places.join('')}`;
  const end = `trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return paper(name, 'application/pdf', Buffer.from(file + table + end, 'latin1'));
}

/** A scan: a grey square, as a PNG made here. */
export function scan(name, side = 16) {
  const chunk = (kind, body) => {
    const both = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(body.length, 0);
    frame.writeUInt32BE(crc32(both), 4);
    return Buffer.concat([frame.subarray(0, 4), both, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 8; // eight bits, and colour type 0 beside it: greyscale
  const rows = Buffer.alloc(side * (side + 1), 0x80);
  for (let row = 0; row < side; row += 1) rows[row * (side + 1)] = 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return paper(name, 'image/png', Buffer.concat([signature, ...parts]));
}

/** What no desk should take: a program, whatever its name says. */
export const program = name =>
  paper(name, 'application/pdf', Buffer.from('\x7fELF\x02\x01\x01\x00'.padEnd(256, '\0'), 'latin1'));
