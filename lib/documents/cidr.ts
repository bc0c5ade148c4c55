const octet = '(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/** How many bits an address has, or undefined for what is no IPv4 or IPv6 address. */
export function addressBits(text: string): 32 | 128 | undefined {
  if (ipv4.test(text)) return 32;
  // The grammar of a URL's host is that of RFC 4291, and has no zones.
  return /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`) ? 128 : undefined;
}

/** The length of a CIDR's prefix: 20 of `173.245.48.0/20`; undefined for what is no CIDR. */
export function prefixLength(cidr: string): number | undefined {
  const [address = '', prefix = '', ...others] = cidr.split('/');
  const bits = addressBits(address);
  const known = bits !== undefined && others.length === 0 && /^(0|[1-9]\d{0,2})$/.test(prefix);
  return known && Number(prefix) <= bits ? Number(prefix) : undefined;
}
