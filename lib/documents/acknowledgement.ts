/**
 * Prefix of annotations in which an object acknowledges a finding about itself: `acknowledge.honeydue/<rule>:
 * <reason>`.
 */
export const acknowledgementPrefix = 'acknowledge.honeydue/';
