/**
 * Prefix of the annotations with which an object acknowledges findings about itself: `acknowledge.honeydue/<rule>:
 * <reason>`.
 */
export const acknowledgementPrefix = 'acknowledge.honeydue/';
