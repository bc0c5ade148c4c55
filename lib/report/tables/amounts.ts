/** `100m`, `2`: cores as manifests state them. */
export function describeCpu(cores: number): string {
  const milli = Math.round(cores * 1000);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** `128Mi`, `4Gi`: bytes as manifests state them, in the largest unit without a fraction. */
export function describeMemory(bytes: number): string {
  const mebibytes = Math.round(bytes / 2 ** 20);
  return mebibytes > 0 && mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}
