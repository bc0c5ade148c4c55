/** Formats cores as in manifests: `100m`, `2`. */
export function describeCpu(cores: number): string {
  const milli = Math.round(cores * 1000);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** Formats bytes as in manifests, in Gi if that is a whole number: `128Mi`, `4Gi`. */
export function describeMemory(bytes: number): string {
  const mebibytes = Math.round(bytes / 2 ** 20);
  return mebibytes > 0 && mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}
