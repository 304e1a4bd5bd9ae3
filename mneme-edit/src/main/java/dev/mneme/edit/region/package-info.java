/**
 * Finds places in a photograph: the sky, the subject, what is red, the left half. A {@link
 * dev.mneme.edit.region.Region} says which place, {@link dev.mneme.edit.region.Region#in} makes its
 * soft mask. All by classical means on a reduced copy; nothing here is learned.
 */
package dev.mneme.edit.region;
