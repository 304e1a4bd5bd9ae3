/**
 * Changes a place of a photograph without weights: {@link dev.mneme.edit.retouch.Recolour} gives it
 * another colour, {@link dev.mneme.edit.retouch.Fill} lets its surroundings grow over it. {@link
 * dev.mneme.edit.retouch.Retouch} chooses between them.
 */
package dev.mneme.edit.retouch;
