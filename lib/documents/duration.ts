/** A number of seconds for a message: `30 s`, `4 min`, `4 min 15 s`, `1 h 5 min` */
export function describeSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const [hours, minutes, rest] = [
    Math.floor(seconds / 3600),
    Math.floor((seconds % 3600) / 60),
    seconds % 60,
  ];
  const parts = [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`, rest > 0 && `${rest} s`];
  return parts.filter(Boolean).join(' ');
}
