/** Draws from top to bottom. Lengths are in pixels of the picture, sizes of texts in those of the page. */
export interface Pen {
  ctx: CanvasRenderingContext2D;
  color(name: string): string;
  font: string;
  scale: number;
  left: number;
  right: number;
  y: number;
}

interface TextStyle {
  size: number;
  weight?: number;
  color?: string;
}

export function setFont(
  { ctx, color, font, scale }: Pen,
  { size, weight = 400, color: name = '--text' }: TextStyle,
) {
  ctx.font = `${weight} ${size * scale}px ${font}`;
  ctx.fillStyle = color(name);
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
}

/** Draws a text over as many lines as it needs. */
export function drawText(pen: Pen, text: string, style: TextStyle): void {
  const { ctx, left, right, scale } = pen;
  setFont(pen, style);
  const height = style.size * 1.5 * scale;
  for (const line of wrap(ctx, text, right - left)) {
    ctx.fillText(line, left, pen.y + height / 2);
    pen.y += height;
  }
}

function wrap(ctx: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && ctx.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].filter(each => each !== '').map(each => shorten(ctx, each, width));
}

/** Shortens a text that is wider than its place. */
export function shorten(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  let [short, long] = [0, text.length];
  while (short < long) {
    const middle = Math.ceil((short + long) / 2);
    if (ctx.measureText(`${text.slice(0, middle)}…`).width <= width) short = middle;
    else long = middle - 1;
  }
  return `${text.slice(0, short)}…`;
}

export function drawLegend(pen: Pen, items: { label: string; color: string }[]): void {
  const { ctx, scale, left, right } = pen;
  const height = 20 * scale;
  let x = left;
  for (const { label, color } of items) {
    setFont(pen, { size: 12 });
    const text = shorten(ctx, label, right - left - 16 * scale);
    const width = 16 * scale + ctx.measureText(text).width;
    if (x > left && x + width > right) {
      x = left;
      pen.y += height;
    }
    ctx.fillText(text, x + 14 * scale, pen.y + height / 2);
    ctx.fillStyle = pen.color(color);
    ctx.fillRect(x, pen.y + height / 2 - 4 * scale, 9 * scale, 9 * scale);
    x += width + 16 * scale;
  }
  pen.y += height + 4 * scale;
}
