/**
 * Finds objects by name. {@link dev.mneme.edit.object.CutOuts} are pictures of single objects with
 * transparency, {@link dev.mneme.edit.object.ObjectScene} puts some of them over a photograph, and
 * a small network ({@link dev.mneme.edit.object.FinderNet}) learns from such scenes which pixels
 * belong to a name. {@link dev.mneme.edit.object.NamedObjects} asks it about a photograph.
 */
package dev.mneme.edit.object;
