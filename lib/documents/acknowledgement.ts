/** An object may acknowledge a finding of its own, in an annotation: `acknowledge.honeydue/<rule>: <reason>`. */
export const acknowledgementPrefix = 'acknowledge.honeydue/';
